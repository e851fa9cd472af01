/** Rows of `roles` and `role_assignments`. */
import type { Role, RoleAssignment, RoleRef, RoleTarget } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { Db } from './database.ts'

interface RoleRow {
  readonly id: string
  readonly name: string
  readonly description: string | null
}

export interface AssignmentFilter {
  readonly userId?: string
  readonly roleId?: string
  readonly projectId?: string
  readonly domainId?: string
}

const roles = (db: Db) => db<RoleRow>('roles')

export async function insertRole(db: Db, role: Role): Promise<void> {
  await roles(db).insert({ id: role.id, name: role.name, description: role.description })
}

export async function findRole(db: Db, by: { id: string } | { name: string }): Promise<Role | undefined> {
  const row = await roles(db).where(by).first()
  return row === undefined ? undefined : toRole(row)
}

export async function listRoles(db: Db, filter: { name?: string } = {}): Promise<Role[]> {
  return (await roles(db).where(filter).orderBy('name')).map(toRole)
}

/** @returns false when there is no such role. */
export async function updateRole(
  db: Db,
  id: string,
  changes: { name?: string; description?: string | null },
): Promise<boolean> {
  return (await roles(db).where({ id }).update(changes)) > 0
}

/** Takes the assignments of the role along. @returns false when there is no such role. */
export async function deleteRole(db: Db, id: string): Promise<boolean> {
  return (await roles(db).where({ id }).delete()) > 0
}

/** Assigning twice is one assignment. */
export async function insertAssignment(db: Db, userId: UserId, roleId: string, target: RoleTarget): Promise<void> {
  await db('role_assignments')
    .insert(assignmentKey(userId, roleId, target))
    .onConflict()
    .ignore()
}

export async function hasAssignment(db: Db, userId: string, roleId: string, target: RoleTarget): Promise<boolean> {
  return (
    (await db('role_assignments')
      .where(assignmentKey(userId, roleId, target))
      .first('role_id')) !== undefined
  )
}

/** @returns false when there was no such assignment. */
export async function deleteAssignment(db: Db, userId: string, roleId: string, target: RoleTarget): Promise<boolean> {
  return (
    (await db('role_assignments')
      .where(assignmentKey(userId, roleId, target))
      .delete()) > 0
  )
}

export async function rolesOn(db: Db, userId: string, target: RoleTarget): Promise<Role[]> {
  const rows = (await db('role_assignments')
    .join('roles', 'roles.id', 'role_assignments.role_id')
    .where({ 'role_assignments.user_id': userId, ...qualified(target) })
    .orderBy('roles.name')
    .select('roles.*')) as RoleRow[]
  return rows.map(toRole)
}

export async function listAssignments(db: Db, filter: AssignmentFilter = {}): Promise<RoleAssignment[]> {
  const query = db('role_assignments as a')
    .join('users as u', 'u.id', 'a.user_id')
    .join('domains as ud', 'ud.id', 'u.domain_id')
    .join('roles as r', 'r.id', 'a.role_id')
    .leftJoin('projects as p', 'p.id', 'a.project_id')
    .leftJoin('domains as pd', 'pd.id', 'p.domain_id')
    .leftJoin('domains as d', 'd.id', 'a.domain_id')
    .orderBy(['u.name', 'r.name'])
    // Nulls have no common place on all databases.
    .orderByRaw("coalesce(p.name, '')")
    .select(assignmentColumns)
  if (filter.userId !== undefined) query.where('a.user_id', filter.userId)
  if (filter.roleId !== undefined) query.where('a.role_id', filter.roleId)
  if (filter.projectId !== undefined) query.where('a.project_id', filter.projectId)
  if (filter.domainId !== undefined) query.where('a.domain_id', filter.domainId)
  return ((await query) as AssignmentRow[]).map(toAssignment)
}

const assignmentColumns = {
  user_id: 'u.id',
  user_name: 'u.name',
  user_domain_id: 'ud.id',
  user_domain_name: 'ud.name',
  role_id: 'r.id',
  role_name: 'r.name',
  project_id: 'p.id',
  project_name: 'p.name',
  project_domain_id: 'pd.id',
  project_domain_name: 'pd.name',
  domain_id: 'd.id',
  domain_name: 'd.name',
}
type AssignmentRow = Readonly<Record<keyof typeof assignmentColumns, string | null>>

function toAssignment(row: AssignmentRow): RoleAssignment {
  return {
    userId: text(row.user_id) as UserId,
    userName: text(row.user_name),
    userDomain: { id: text(row.user_domain_id), name: text(row.user_domain_name) },
    role: { id: text(row.role_id), name: text(row.role_name) } satisfies RoleRef,
    project:
      row.project_id === null
        ? null
        : {
            id: row.project_id as ProjectId,
            name: text(row.project_name),
            domain: { id: text(row.project_domain_id), name: text(row.project_domain_name) },
          },
    domain: row.domain_id === null ? null : { id: row.domain_id, name: text(row.domain_name) },
  }
}

/** Inner-joined columns are never null; the row's type cannot say so. */
const text = (value: string | null): string => value ?? ''

function assignmentKey(userId: string, roleId: string, target: RoleTarget) {
  return {
    user_id: userId,
    role_id: roleId,
    project_id: 'projectId' in target ? target.projectId : null,
    domain_id: 'domainId' in target ? target.domainId : null,
  }
}

function qualified(target: RoleTarget): Record<string, string> {
  return 'projectId' in target
    ? { 'role_assignments.project_id': target.projectId }
    : { 'role_assignments.domain_id': target.domainId }
}

function toRole(row: RoleRow): Role {
  return { id: row.id, name: row.name, description: row.description }
}
