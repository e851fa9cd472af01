/** Rows of `role_assignments`: which user or group holds which role where. */
import type { NamedInDomain, Role, RoleAssignment, RoleHolder, RoleTarget } from '../model/identity.ts'
import type { Db } from './database.ts'
import { toRole, type RoleRow } from './roles.ts'

export interface AssignmentFilter {
  readonly userId?: string
  readonly groupId?: string
  readonly roleId?: string
  /** Inherited ones of that project or domain included. */
  readonly projectId?: string
  readonly domainId?: string
  readonly system?: boolean
  readonly isInherited?: boolean
}

/** What the user holds, by itself or through a group; a query to go on with. */
export function assignmentsHeldBy(db: Db, userId: string) {
  return db('role_assignments').where((held) =>
    held
      .where('user_id', userId)
      .orWhereIn('group_id', db('group_members').where('user_id', userId).select('group_id')),
  )
}

/** Assigning twice is one assignment. */
export async function insertAssignment(db: Db, holder: RoleHolder, roleId: string, target: RoleTarget): Promise<void> {
  await db('role_assignments')
    .insert(keyOf(holder, roleId, target))
    .onConflict()
    .ignore()
}

export async function hasAssignment(db: Db, holder: RoleHolder, roleId: string, target: RoleTarget): Promise<boolean> {
  const row: unknown = await db('role_assignments')
    .where(keyOf(holder, roleId, target))
    .first('role_id')
  return row !== undefined
}

/** @returns false when there was no such assignment. */
export async function deleteAssignment(
  db: Db,
  holder: RoleHolder,
  roleId: string,
  target: RoleTarget,
): Promise<boolean> {
  return (
    (await db('role_assignments')
      .where(keyOf(holder, roleId, target))
      .delete()) > 0
  )
}

/** As they were assigned: nothing is expanded. */
export async function assignedRoles(db: Db, holder: RoleHolder, target: RoleTarget): Promise<Role[]> {
  const { role_id: _any, ...place } = keyOf(holder, '', target)
  const held = db('role_assignments').where(place).select('role_id')
  return (await db<RoleRow>('roles').whereIn('id', held).orderBy('name')).map(toRole)
}

export async function listAssignments(db: Db, filter: AssignmentFilter = {}): Promise<RoleAssignment[]> {
  const query = db('role_assignments as a')
    .leftJoin('users as u', 'u.id', 'a.user_id')
    .leftJoin('groups as g', 'g.id', 'a.group_id')
    .joinRaw('join domains as hd on hd.id = coalesce(u.domain_id, g.domain_id)')
    .join('roles as r', 'r.id', 'a.role_id')
    .leftJoin('domains as rd', 'rd.id', 'r.domain_id')
    .joinRaw('left join projects as p on p.id = coalesce(a.project_id, a.inherited_project_id)')
    .leftJoin('domains as pd', 'pd.id', 'p.domain_id')
    .joinRaw('left join domains as d on d.id = coalesce(a.domain_id, a.inherited_domain_id)')
    // Nulls have no common place on all databases.
    .orderByRaw("coalesce(u.name, g.name), r.name, coalesce(p.name, '')")
    .select(columns)
  if (filter.userId !== undefined) query.where('a.user_id', filter.userId)
  if (filter.groupId !== undefined) query.where('a.group_id', filter.groupId)
  if (filter.roleId !== undefined) query.where('a.role_id', filter.roleId)
  if (filter.projectId !== undefined) query.where('p.id', filter.projectId)
  if (filter.domainId !== undefined) query.where('d.id', filter.domainId)
  if (filter.system === true) query.where('a.on_system', true)
  if (filter.isInherited === true)
    query.where((inherited) => inherited.whereNotNull('a.inherited_project_id').orWhereNotNull('a.inherited_domain_id'))
  return ((await query) as AssignmentRow[]).map(toAssignment)
}

const columns = {
  user_id: 'u.id',
  user_name: 'u.name',
  group_id: 'g.id',
  group_name: 'g.name',
  holder_domain_id: 'hd.id',
  holder_domain_name: 'hd.name',
  role_id: 'r.id',
  role_name: 'r.name',
  role_domain_id: 'rd.id',
  role_domain_name: 'rd.name',
  project_id: 'p.id',
  project_name: 'p.name',
  project_domain_id: 'pd.id',
  project_domain_name: 'pd.name',
  domain_id: 'd.id',
  domain_name: 'd.name',
  inherited_project_id: 'a.inherited_project_id',
  inherited_domain_id: 'a.inherited_domain_id',
}
type AssignmentRow = Readonly<Record<keyof typeof columns, string | null>>

function toAssignment(row: AssignmentRow): RoleAssignment {
  const holderDomain = { id: text(row.holder_domain_id), name: text(row.holder_domain_name) }
  return {
    holder:
      row.user_id === null
        ? { kind: 'group', id: text(row.group_id), name: text(row.group_name), domain: holderDomain }
        : { kind: 'user', id: row.user_id, name: text(row.user_name), domain: holderDomain },
    role: {
      id: text(row.role_id),
      name: text(row.role_name),
      domain: row.role_domain_id === null ? null : { id: row.role_domain_id, name: text(row.role_domain_name) },
    },
    project: row.project_id === null ? null : projectOf(row.project_id, row),
    domain: row.domain_id === null ? null : { id: row.domain_id, name: text(row.domain_name) },
    isInherited: row.inherited_project_id !== null || row.inherited_domain_id !== null,
  }
}

function projectOf(id: string, row: AssignmentRow): NamedInDomain {
  const domain = { id: text(row.project_domain_id), name: text(row.project_domain_name) }
  return { id, name: text(row.project_name), domain }
}

/** Inner-joined columns are never null; the row's type cannot say so. */
const text = (value: string | null): string => value ?? ''

function keyOf(holder: RoleHolder, roleId: string, target: RoleTarget) {
  return {
    user_id: 'userId' in holder ? holder.userId : null,
    group_id: 'groupId' in holder ? holder.groupId : null,
    role_id: roleId,
    project_id: 'projectId' in target ? target.projectId : null,
    domain_id: 'domainId' in target ? target.domainId : null,
    inherited_project_id: 'inheritedProjectId' in target ? target.inheritedProjectId : null,
    inherited_domain_id: 'inheritedDomainId' in target ? target.inheritedDomainId : null,
    on_system: 'system' in target,
  }
}
