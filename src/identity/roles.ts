/** Roles, and who holds which where. The three roles that the policy knows can be neither renamed nor deleted. */
import { conflict, forbidden, notFound } from '../model/errors.ts'
import type { Role, RoleAssignment, RoleTarget } from '../model/identity.ts'
import type { UserId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { isForeignKeyViolation } from '../store/database-errors.ts'
import { findDomain } from '../store/domains.ts'
import { findProject } from '../store/projects.ts'
import * as store from '../store/roles.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { findUser } from '../store/users.ts'
import { newIdentityId } from './new-id.ts'
import type { DirectoryParts } from './projects.ts'

export const builtInRoles = ['admin', 'member', 'reader'] as const

export class RoleDirectory {
  readonly #db: Db
  readonly #changed: () => void

  constructor({ db, changed }: Pick<DirectoryParts, 'db' | 'changed'>) {
    this.#db = db
    this.#changed = changed
  }

  /** @throws PolyvisorError role-not-found */
  async get(id: string): Promise<Role> {
    const role = await store.findRole(this.#db, { id })
    if (role === undefined) throw notFound('role', id)
    return role
  }

  list(filter: { name?: string } = {}): Promise<Role[]> {
    return store.listRoles(this.#db, filter)
  }

  /** @throws PolyvisorError role-exists */
  async create(wanted: { readonly name: string; readonly description?: string | null }): Promise<Role> {
    const role: Role = { id: newIdentityId(), name: wanted.name, description: wanted.description ?? null }
    await refusingTwins(role.name, () => store.insertRole(this.#db, role))
    return role
  }

  /** @throws PolyvisorError role-not-found, role-exists, forbidden */
  async update(id: string, changes: { readonly name?: string; readonly description?: string | null }): Promise<Role> {
    const before = await this.get(id)
    if (changes.name !== undefined && changes.name !== before.name) refuseBuiltIn(before)
    if (Object.keys(changes).length > 0) {
      await refusingTwins(changes.name ?? before.name, () => store.updateRole(this.#db, id, changes))
    }
    this.#changed()
    return this.get(id)
  }

  /** @throws PolyvisorError role-not-found, forbidden */
  async delete(id: string): Promise<void> {
    refuseBuiltIn(await this.get(id))
    await store.deleteRole(this.#db, id)
    this.#changed()
  }

  /** Doing it twice is no error. @throws PolyvisorError user-, role-, project- or domain-not-found */
  async assign(userId: string, roleId: string, target: RoleTarget): Promise<void> {
    await requireAll(this.#db, userId, roleId, target)
    try {
      await store.insertAssignment(this.#db, userId as UserId, roleId, target)
    } catch (error) {
      // One of them was deleted in between.
      if (isForeignKeyViolation(error)) await requireAll(this.#db, userId, roleId, target)
      throw error
    }
    this.#changed()
  }

  /** @throws PolyvisorError role-assignment-not-found */
  async unassign(userId: string, roleId: string, target: RoleTarget): Promise<void> {
    const found = await store.deleteAssignment(this.#db, userId, roleId, target)
    this.#changed()
    if (!found) throw notFound('role-assignment', roleId)
  }

  /** @throws PolyvisorError role-assignment-not-found */
  async requireAssignment(userId: string, roleId: string, target: RoleTarget): Promise<void> {
    if (!(await store.hasAssignment(this.#db, userId, roleId, target))) throw notFound('role-assignment', roleId)
  }

  /** @throws PolyvisorError user-, project- or domain-not-found */
  async rolesOn(userId: string, target: RoleTarget): Promise<Role[]> {
    await requireUserAndTarget(this.#db, userId, target)
    return store.rolesOn(this.#db, userId, target)
  }

  assignments(filter: store.AssignmentFilter = {}): Promise<RoleAssignment[]> {
    return store.listAssignments(this.#db, filter)
  }
}

async function requireAll(db: Db, userId: string, roleId: string, target: RoleTarget): Promise<void> {
  await requireUserAndTarget(db, userId, target)
  if ((await store.findRole(db, { id: roleId })) === undefined) throw notFound('role', roleId)
}

async function requireUserAndTarget(db: Db, userId: string, target: RoleTarget): Promise<void> {
  if ((await findUser(db, userId)) === undefined) throw notFound('user', userId)
  if ('projectId' in target) {
    if ((await findProject(db, target.projectId)) === undefined) throw notFound('project', target.projectId)
  } else if ((await findDomain(db, { id: target.domainId })) === undefined) throw notFound('domain', target.domainId)
}

function refuseBuiltIn(role: Role): void {
  if (builtInRoles.some((name) => name === role.name)) {
    throw forbidden(
      `The role ${role.name} is built in: the policy relies on it, so it can be neither renamed nor deleted.`,
    )
  }
}

async function refusingTwins<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw conflict('role-exists', `A role named ${name} exists already. Choose another name.`)
  }
}
