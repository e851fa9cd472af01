/** Tokens that somebody was lent, by a trust or an OAuth access token: they work, and make nothing that outlives them. */
import { forbidden } from '../model/errors.ts'
import type { RoleRef } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { AuthContext } from '../model/token.ts'
import type { Db } from '../store/database.ts'
import { effectiveRoles } from '../store/effective-roles.ts'
import { holdUser } from '../store/users.ts'

/** @param what of the refusal: 'makes no …' @throws PolyvisorError forbidden */
export function refuseDelegated({ trust, oauth }: AuthContext, what: string): void {
  if (trust === undefined && oauth === undefined) return
  throw forbidden(`This token was lent, and ${what}. Log in as yourself.`)
}

/** @param what of the refusal: 'makes no …' @throws PolyvisorError forbidden */
export function refuseRestricted({ applicationCredential }: AuthContext, what: string): void {
  if (applicationCredential?.unrestricted !== false) return
  throw forbidden(`This token comes of a restricted application credential, which ${what}.`)
}

/**
 * Inside a transaction, until whose end the lender keeps its roles.
 * @throws PolyvisorError forbidden when the lender does not have all of them on the project
 */
export async function holdWithRoles(
  trx: Db,
  lenderId: UserId,
  projectId: ProjectId,
  roles: readonly Pick<RoleRef, 'id'>[],
): Promise<void> {
  await holdUser(trx, lenderId)
  const held = new Set((await effectiveRoles(trx, lenderId, { projectId })).map(({ id }) => id))
  if (!roles.every(({ id }) => held.has(id)))
    throw forbidden('Only roles that the lender has on the project can be lent.')
}

/** An application credential of some of its user's roles lends no others. @throws PolyvisorError forbidden */
export function refuseNotCarried(auth: AuthContext, projectId: ProjectId, roles: readonly Pick<RoleRef, 'id'>[]): void {
  if (auth.applicationCredential === undefined) return
  const carried = new Set(auth.projectId === projectId ? auth.roles.map(({ id }) => id) : [])
  if (!roles.every(({ id }) => carried.has(id)))
    throw forbidden('An application credential lends roles of its own, on its project, and no others.')
}
