import type { Handler } from '../handler.ts'
import { tokenView } from '../views/token.ts'
import { subjectToken } from './subject-token.ts'

export const validateToken: Handler<'validateToken'> = async ({ auth, headers, query }, services) => {
  const { token, context } = await subjectToken(headers, auth, services)
  return {
    status: 200,
    headers: { 'X-Subject-Token': token, Vary: 'X-Auth-Token' },
    body: { token: await tokenView(context, services, { catalog: query.nocatalog === undefined }) },
  }
}
