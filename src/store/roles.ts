/** Rows of `roles` and `implied_roles`. */
import type { ImpliedRole, Role } from '../model/identity.ts'
import type { Db } from './database.ts'

export interface RoleRow {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly domain_id: string | null
  readonly immutable: number | boolean
}

export interface RoleFilter {
  readonly name?: string
  /** null: those that all domains know. */
  readonly domainId?: string | null
}

export type RoleChanges = Partial<Pick<Role, 'name' | 'description' | 'immutable'>>

const roles = (db: Db) => db<RoleRow>('roles')

export async function insertRole(db: Db, { domainId, ...role }: Role): Promise<void> {
  await roles(db).insert({ ...role, domain_id: domainId })
}

/** By name among those that all domains know. */
export async function findRole(db: Db, by: { id: string } | { name: string }): Promise<Role | undefined> {
  const row = await roles(db)
    .where('id' in by ? by : { name: by.name, domain_id: null })
    .first()
  return row === undefined ? undefined : toRole(row)
}

export async function listRoles(db: Db, filter: RoleFilter = {}): Promise<Role[]> {
  const query = roles(db).orderBy(['name', 'id'])
  if (filter.name !== undefined) query.where('name', filter.name)
  if (filter.domainId !== undefined) query.where({ domain_id: filter.domainId })
  return (await query).map(toRole)
}

/** @returns false when there is no such role. */
export async function updateRole(db: Db, id: string, changes: RoleChanges): Promise<boolean> {
  return (await roles(db).where({ id }).update(changes)) > 0
}

/** Takes the assignments of the role along. @returns false when there is no such role. */
export async function deleteRole(db: Db, id: string): Promise<boolean> {
  return (await roles(db).where({ id }).delete()) > 0
}

/** Saying it twice is one rule. */
export async function insertImpliedRole(db: Db, priorId: string, impliedId: string): Promise<void> {
  await db('implied_roles').insert({ prior_role_id: priorId, implied_role_id: impliedId }).onConflict().ignore()
}

/** @returns false when there was no such rule. */
export async function deleteImpliedRole(db: Db, priorId: string, impliedId: string): Promise<boolean> {
  return (await db('implied_roles').where({ prior_role_id: priorId, implied_role_id: impliedId }).delete()) > 0
}

/** The rules themselves, by the names of both roles: nothing is expanded. */
export async function listImpliedRoles(db: Db, priorId?: string): Promise<ImpliedRole[]> {
  const query = db('implied_roles').select('prior_role_id', 'implied_role_id')
  if (priorId !== undefined) query.where({ prior_role_id: priorId })
  const rules = (await query) as { prior_role_id: string; implied_role_id: string }[]
  const known = new Map((await listRoles(db)).map((role) => [role.id, role]))
  return rules
    .flatMap(({ prior_role_id: priorRoleId, implied_role_id: impliedRoleId }) => {
      const prior = known.get(priorRoleId)
      const implied = known.get(impliedRoleId)
      return prior === undefined || implied === undefined ? [] : [{ prior, implied }]
    })
    .sort((one, other) => compare(one.prior, other.prior) || compare(one.implied, other.implied))
}

function compare(one: Role, other: Role): number {
  return one.name < other.name ? -1 : Number(one.name > other.name)
}

export function toRole(row: RoleRow): Role {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    domainId: row.domain_id,
    immutable: Boolean(row.immutable),
  }
}
