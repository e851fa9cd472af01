/** Tokens that somebody was lent, by a trust or an OAuth access token: they work, and make nothing that outlives them. */
import { forbidden } from '../model/errors.ts'
import type { RoleRef } from '../model/identity.ts'
import type { ProjectId } from '../model/ids.ts'
import type { AuthContext } from '../model/token.ts'

/** @param what of the refusal: 'makes no …' @throws PolyvisorError forbidden */
export function refuseDelegated({ trust, oauth }: AuthContext, what: string): void {
  if (trust === undefined && oauth === undefined) return
  throw forbidden(`This token was lent, and ${what}. Log in as yourself.`)
}

/** An application credential of some of its user's roles lends no others. @throws PolyvisorError forbidden */
export function refuseNotCarried(auth: AuthContext, projectId: ProjectId, roles: readonly Pick<RoleRef, 'id'>[]): void {
  if (auth.applicationCredential === undefined) return
  const carried = new Set(auth.projectId === projectId ? auth.roles.map(({ id }) => id) : [])
  if (!roles.every(({ id }) => carried.has(id)))
    throw forbidden('An application credential lends roles of its own, on its project, and no others.')
}
