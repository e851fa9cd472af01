import type { Handler } from '../handler.ts'
import { subjectToken } from './subject-token.ts'

export const revokeToken: Handler<'revokeToken'> = async ({ auth, headers }, services) => {
  const { token } = await subjectToken(headers, auth, services)
  await services.identity.revoke(token)
  return { status: 204 }
}
