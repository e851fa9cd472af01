import { badRequest, notFound } from '../model/errors.ts'
import type { Role } from '../model/identity.ts'
import type { Db } from '../store/database.ts'
import { findRole } from '../store/roles.ts'

/** How requests name roles: names are looked up among those that all domains know. */
export interface RoleReference {
  readonly id?: string
  readonly name?: string
}

/** Each once. @throws PolyvisorError role-not-found, bad-request for one without id and name */
export async function rolesNamed(db: Db, references: readonly RoleReference[]): Promise<readonly Role[]> {
  const found = new Map<string, Role>()
  for (const { id, name } of references) {
    const by = id !== undefined ? { id } : name !== undefined ? { name } : undefined
    if (by === undefined) throw badRequest('invalid-input', 'Each of roles needs an id or a name.')
    const role = await findRole(db, by)
    if (role === undefined || role.domainId !== null) throw notFound('role', id ?? name ?? '')
    found.set(role.id, role)
  }
  return [...found.values()]
}
