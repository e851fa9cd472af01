import type { Handler } from '../handler.ts'
import { tokenView } from '../views/token.ts'
import { authenticationRequest } from './auth-request.ts'
import { signedRequest } from './signed-request.ts'

export const issueToken: Handler<'issueToken'> = async (request, services) => {
  const { body, rawQuery, clientAddress } = request
  const wanted = authenticationRequest(body.auth, signedRequest(request, services))
  const { token, context } = await services.identity.authenticate(wanted, clientAddress)
  return {
    status: 201,
    headers: { 'X-Subject-Token': token, Vary: 'X-Auth-Token' },
    body: { token: await tokenView(context, services, { catalog: !rawQuery.has('nocatalog') }) },
  }
}
