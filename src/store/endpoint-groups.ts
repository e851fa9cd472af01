/** Rows of `endpoint_groups`, `project_endpoints` and `project_endpoint_groups`: which project sees which endpoints. */
import type { EndpointGroup } from '../model/catalog.ts'
import type { Db } from './database.ts'
import { fromJson, toJson } from './rows.ts'

interface GroupRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly filters: string
}

export type EndpointGroupChanges = Partial<Omit<EndpointGroup, 'id'>>

const groups = (db: Db) => db<GroupRow>('endpoint_groups')

export async function insertEndpointGroup(db: Db, { filters, ...group }: EndpointGroup): Promise<void> {
  await groups(db).insert({ ...group, filters: toJson(filters) })
}

export async function findEndpointGroup(db: Db, id: string): Promise<EndpointGroup | undefined> {
  const row = await groups(db).where({ id }).first()
  return row === undefined ? undefined : toGroup(row)
}

/** @param projectId only those that the project sees */
export async function listEndpointGroups(db: Db, projectId?: string): Promise<EndpointGroup[]> {
  const query = groups(db).orderBy(['name', 'id'])
  if (projectId !== undefined) {
    const seen = db('project_endpoint_groups').where({ project_id: projectId }).select('endpoint_group_id')
    query.whereIn('id', seen)
  }
  return (await query).map(toGroup)
}

export async function updateEndpointGroup(
  db: Db,
  id: string,
  { filters, ...rest }: EndpointGroupChanges,
): Promise<void> {
  const columns = { ...rest, ...(filters === undefined ? {} : { filters: toJson(filters) }) }
  if (Object.keys(columns).length > 0) await groups(db).where({ id }).update(columns)
}

export async function deleteEndpointGroup(db: Db, id: string): Promise<boolean> {
  return (await groups(db).where({ id }).delete()) > 0
}

/** One of the two tables that tell what a project sees. */
export interface Sight {
  readonly table: 'project_endpoints' | 'project_endpoint_groups'
  readonly column: 'endpoint_id' | 'endpoint_group_id'
}
export const endpointSight: Sight = { table: 'project_endpoints', column: 'endpoint_id' }
export const groupSight: Sight = { table: 'project_endpoint_groups', column: 'endpoint_group_id' }

/** Showing it twice is no error. */
export async function insertSight(db: Db, { table, column }: Sight, projectId: string, id: string): Promise<void> {
  await db(table)
    .insert({ project_id: projectId, [column]: id })
    .onConflict()
    .ignore()
}

export async function deleteSight(db: Db, { table, column }: Sight, projectId: string, id: string): Promise<boolean> {
  return (
    (await db(table)
      .where({ project_id: projectId, [column]: id })
      .delete()) > 0
  )
}

/** Ids of what the project sees. */
export async function listSights(db: Db, { table, column }: Sight, projectId: string): Promise<string[]> {
  const rows = (await db(table).where({ project_id: projectId }).select(`${column} as id`)) as { id: string }[]
  return rows.map(({ id }) => id)
}

/** Ids of the projects that see it. */
export async function listProjectsSeeing(db: Db, { table, column }: Sight, id: string): Promise<string[]> {
  const rows = (await db(table)
    .where({ [column]: id })
    .select('project_id')) as { project_id: string }[]
  return rows.map((row) => row.project_id)
}

function toGroup(row: GroupRow): EndpointGroup {
  return { ...row, filters: fromJson<EndpointGroup['filters']>(row.filters) }
}
