import type { Handler } from '../handler.ts'
import { subjectToken } from './subject-token.ts'

export const checkToken: Handler<'checkToken'> = async ({ auth, headers }, services) => {
  const { token } = await subjectToken(headers, auth, services)
  return { status: 200, headers: { 'X-Subject-Token': token, Vary: 'X-Auth-Token' } }
}
