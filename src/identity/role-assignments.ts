/** Who holds which role where. Every change drops cached tokens, so that it holds at once. */
import { badRequest, forbidden, notFound } from '../model/errors.ts'
import type { Role, RoleAssignment, RoleHolder, RoleTarget } from '../model/identity.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { isForeignKeyViolation } from '../store/database-errors.ts'
import { findDomain } from '../store/domains.ts'
import { effectiveRoles } from '../store/effective-roles.ts'
import { findGroup, listMembers } from '../store/groups.ts'
import { findProject } from '../store/projects.ts'
import * as store from '../store/role-assignments.ts'
import { findRole } from '../store/roles.ts'
import { findUser } from '../store/users.ts'
import { deleteDeadCredentials } from './dead-credentials.ts'
import { effectiveAssignments } from './effective-assignments.ts'
import type { DirectoryParts } from './projects.ts'

export class RoleAssignments {
  readonly #db: Db
  readonly #changed: () => void

  constructor({ db, changed }: Pick<DirectoryParts, 'db' | 'changed'>) {
    this.#db = db
    this.#changed = changed
  }

  /** Doing it twice is no error. @throws PolyvisorError user-, group-, role-, project- or domain-not-found, forbidden */
  async assign(holder: RoleHolder, roleId: string, target: RoleTarget): Promise<void> {
    await requireAll(this.#db, holder, roleId, target)
    try {
      await store.insertAssignment(this.#db, holder, roleId, target)
    } catch (error) {
      // One of them was deleted in between.
      if (isForeignKeyViolation(error)) await requireAll(this.#db, holder, roleId, target)
      throw error
    }
    this.#changed()
  }

  /** @throws PolyvisorError role-assignment-not-found */
  async unassign(holder: RoleHolder, roleId: string, target: RoleTarget): Promise<void> {
    const found = await inTransaction(this.#db, async (trx) => {
      const isGone = await store.deleteAssignment(trx, holder, roleId, target)
      const userIds =
        'userId' in holder ? [holder.userId] : (await listMembers(trx, holder.groupId)).map(({ id }) => id)
      if (isGone) await deleteDeadCredentials(trx, { userIds })
      return isGone
    })
    this.#changed()
    if (!found) throw notFound('role-assignment', roleId)
  }

  /** @throws PolyvisorError role-assignment-not-found */
  async requireAssignment(holder: RoleHolder, roleId: string, target: RoleTarget): Promise<void> {
    if (!(await store.hasAssignment(this.#db, holder, roleId, target))) throw notFound('role-assignment', roleId)
  }

  /** As they were assigned. @throws PolyvisorError user-, group-, project- or domain-not-found */
  async rolesOf(holder: RoleHolder, target: RoleTarget): Promise<Role[]> {
    await requireHolder(this.#db, holder)
    await requireTarget(this.#db, target)
    return store.assignedRoles(this.#db, holder, target)
  }

  /** By itself or through a group. */
  async hasSystemRole(userId: string): Promise<boolean> {
    return (await effectiveRoles(this.#db, userId, { system: true })).length > 0
  }

  /** As they were assigned. */
  list(filter: store.AssignmentFilter = {}): Promise<RoleAssignment[]> {
    return store.listAssignments(this.#db, filter)
  }

  /** What each user has in the end: see effective-assignments.ts. @throws PolyvisorError bad-request for a group */
  async listEffective(filter: store.AssignmentFilter): Promise<RoleAssignment[]> {
    if (filter.groupId !== undefined)
      throw badRequest('group-and-effective', 'Effective assignments are users’ own. Leave group.id or effective out.')
    return effectiveAssignments(this.#db, filter)
  }
}

async function requireAll(db: Db, holder: RoleHolder, roleId: string, target: RoleTarget): Promise<void> {
  await requireHolder(db, holder)
  const domainId = await requireTarget(db, target)
  const role = await findRole(db, { id: roleId })
  if (role === undefined) throw notFound('role', roleId)
  if (role.domainId !== null && role.domainId !== domainId)
    throw forbidden('That role is of one domain: it is assigned there and on its projects only.')
}

async function requireHolder(db: Db, holder: RoleHolder): Promise<void> {
  if ('userId' in holder) {
    if ((await findUser(db, holder.userId)) === undefined) throw notFound('user', holder.userId)
  } else if ((await findGroup(db, holder.groupId)) === undefined) throw notFound('group', holder.groupId)
}

/** @returns the domain that it is or lies in */
async function requireTarget(db: Db, target: RoleTarget): Promise<string | undefined> {
  if ('system' in target) return undefined
  const domainId =
    'domainId' in target ? target.domainId : 'inheritedDomainId' in target ? target.inheritedDomainId : undefined
  if (domainId !== undefined) {
    if ((await findDomain(db, { id: domainId })) === undefined) throw notFound('domain', domainId)
    return domainId
  }
  const projectId =
    'projectId' in target ? target.projectId : 'inheritedProjectId' in target ? target.inheritedProjectId : ''
  const project = await findProject(db, projectId)
  if (project === undefined) throw notFound('project', projectId)
  return project.domainId
}
