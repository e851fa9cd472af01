/**
 * What users have in the end, for a list: groups become their members, inherited roles roles on each project below,
 * and each role brings what it implies. Tokens do not ask here but store/effective-roles.ts, which must agree.
 */
import type { NamedInDomain, Role, RoleAssignment } from '../model/identity.ts'
import type { Db } from '../store/database.ts'
import { listDomains } from '../store/domains.ts'
import { listGroups, listMembers } from '../store/groups.ts'
import { listProjects, listProjectsBelow } from '../store/projects.ts'
import { listAssignments, type AssignmentFilter } from '../store/role-assignments.ts'
import { listImpliedRoles, listRoles } from '../store/roles.ts'

export async function effectiveAssignments(db: Db, filter: AssignmentFilter): Promise<RoleAssignment[]> {
  const places = await placesOf(db, await assignmentsOf(db, filter.userId))
  const held = await membersOf(db, places)
  const all = await impliedBy(db, held)
  const wanted = all.filter(
    ({ holder, role, project, domain }) =>
      (filter.userId ?? holder.id) === holder.id &&
      (filter.roleId ?? role.id) === role.id &&
      (filter.projectId === undefined || filter.projectId === project?.id) &&
      (filter.domainId === undefined || filter.domainId === domain?.id) &&
      (filter.system !== true || (project === null && domain === null)),
  )
  return [...new Map(wanted.map((one) => [keyOf(one), one])).values()]
}

function keyOf({ holder, role, project, domain }: RoleAssignment): string {
  return JSON.stringify([holder.id, role.id, project?.id, domain?.id])
}

/** A user's own and those of its groups; everybody's without a user. */
async function assignmentsOf(db: Db, userId: string | undefined): Promise<RoleAssignment[]> {
  if (userId === undefined) return listAssignments(db)
  const groups = await listGroups(db, { userId })
  const ofGroups = await Promise.all(groups.map(({ id }) => listAssignments(db, { groupId: id })))
  return [...(await listAssignments(db, { userId })), ...ofGroups.flat()]
}

async function placesOf(db: Db, assignments: readonly RoleAssignment[]): Promise<RoleAssignment[]> {
  if (!assignments.some(({ isInherited }) => isInherited)) return [...assignments]
  const domains = new Map((await listDomains(db)).map(({ id, name }) => [id, { id, name }]))
  const expanded: RoleAssignment[] = []
  for (const assignment of assignments) {
    const { project, domain, isInherited } = assignment
    if (!isInherited) {
      expanded.push(assignment)
      continue
    }
    const below =
      project === null
        ? await listProjects(db, { domainId: domain?.id ?? '' })
        : await listProjectsBelow(db, project.id)
    for (const { id, name, domainId } of below) {
      const place: NamedInDomain = { id, name, domain: domains.get(domainId) ?? { id: domainId, name: '' } }
      expanded.push({ ...assignment, project: place, domain: null, isInherited: false })
    }
  }
  return expanded
}

async function membersOf(db: Db, assignments: readonly RoleAssignment[]): Promise<RoleAssignment[]> {
  const domains = new Map((await listDomains(db)).map(({ id, name }) => [id, { id, name }]))
  const members = new Map<string, RoleAssignment['holder'][]>()
  for (const { holder } of assignments) {
    if (holder.kind !== 'group' || members.has(holder.id)) continue
    const users = await listMembers(db, holder.id)
    members.set(
      holder.id,
      users.map(({ id, name, domainId }) => ({
        kind: 'user',
        id,
        name,
        domain: domains.get(domainId) ?? { id: domainId, name: '' },
      })),
    )
  }
  return assignments.flatMap((one) =>
    one.holder.kind === 'user' ? [one] : (members.get(one.holder.id) ?? []).map((holder) => ({ ...one, holder })),
  )
}

/** Roles of one domain count for what they imply only. */
async function impliedBy(db: Db, assignments: readonly RoleAssignment[]): Promise<RoleAssignment[]> {
  const roles = new Map((await listRoles(db)).map((role) => [role.id, role]))
  const rules = await listImpliedRoles(db)
  const closureOf = (id: string): Role[] => {
    const found = new Set([id])
    for (const prior of found) for (const rule of rules) if (rule.prior.id === prior) found.add(rule.implied.id)
    return [...found].flatMap((one) => roles.get(one) ?? [])
  }
  return assignments.flatMap((assignment) =>
    closureOf(assignment.role.id)
      .filter(({ domainId }) => domainId === null)
      .map(({ id, name }) => ({ ...assignment, role: { id, name, domain: null } })),
  )
}
