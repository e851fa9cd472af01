/** The token that a request is about, beside the one that it is sent with. */
import type { IncomingHttpHeaders } from 'node:http'
import { badRequest, forbidden, notFound } from '../../model/errors.ts'
import type { AuthContext } from '../../model/token.ts'
import type { Services } from '../services.ts'

/** Everybody may look at and end their own tokens, admins everybody's. @throws PolyvisorError token-not-found */
export async function subjectToken(
  headers: IncomingHttpHeaders,
  auth: AuthContext,
  services: Services,
): Promise<{ readonly token: string; readonly context: AuthContext }> {
  const token = headers['x-subject-token']
  if (typeof token !== 'string' || token === '') {
    throw badRequest('subject-token-missing', 'Name the token that you mean in the header X-Subject-Token.')
  }
  const context = await services.identity.validate(token)
  // Its text stays out of the answer and the log.
  if (context === undefined) throw notFound('token', 'in X-Subject-Token')
  if (context.userId !== auth.userId && !auth.isAdmin) {
    throw forbidden('You may look at and end your own tokens only.')
  }
  return { token, context }
}
