import type { Handler } from '../handler.ts'
import { tokenView } from '../views/token.ts'
import { authenticationRequest } from './auth-request.ts'

export const issueToken: Handler<'issueToken'> = async ({ body, rawQuery, clientAddress }, services) => {
  const { token, context } = await services.identity.authenticate(authenticationRequest(body.auth), clientAddress)
  return {
    status: 201,
    headers: { 'X-Subject-Token': token, Vary: 'X-Auth-Token' },
    body: { token: await tokenView(context, services, { catalog: !rawQuery.has('nocatalog') }) },
  }
}
