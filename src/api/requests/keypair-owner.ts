import { forbidden } from '../../model/errors.ts'
import type { UserId } from '../../model/ids.ts'
import type { AuthContext } from '../../model/token.ts'

/** Whose key pairs are meant: one's own unless an admin names another user. @throws PolyvisorError forbidden */
export function keypairOwner(auth: AuthContext, userId: string | undefined): UserId {
  if (userId === undefined || userId === auth.userId) return auth.userId
  if (auth.isAdmin) return userId as UserId
  throw forbidden("Policy doesn't allow this to be performed: key pairs of other users are for admins.")
}
