import { forbidden } from '../../model/errors.ts'
import type { AuthContext } from '../../model/token.ts'

/** @throws PolyvisorError forbidden unless the bearer is that user, or an admin */
export function requireOwnUserOrAdmin(auth: AuthContext, userId: string): void {
  if (!auth.isAdmin) requireOwnUser(auth, userId)
}

/** @throws PolyvisorError forbidden unless the bearer is that user */
export function requireOwnUser(auth: AuthContext, userId: string): void {
  if (auth.userId !== userId) throw forbidden('This is about another user; you may do it for your own user only.')
}
