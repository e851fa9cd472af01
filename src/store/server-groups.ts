/** Server groups; who is in one stands in the instances' rows. */
import type { HostId, InstanceId, ProjectId, UserId } from '../model/ids.ts'
import type { ServerGroup, ServerGroupPolicy } from '../model/server-group.ts'
import type { Db } from './database.ts'
import { toNumber, toNumberOrNull } from './rows.ts'

type Row = Record<string, unknown>

export async function insertServerGroup(db: Db, group: ServerGroup, nowMs: number): Promise<void> {
  await db('server_groups').insert({
    id: group.id,
    project_id: group.projectId,
    user_id: group.userId,
    name: group.name,
    policy: group.policy,
    max_server_per_host: group.maxServerPerHost,
    created_at: nowMs,
  })
}

/** In the order of their making. @param page undefined projectId: of all projects */
export async function listServerGroups(
  db: Db,
  page: { readonly projectId?: ProjectId | undefined; readonly offset: number; readonly limit: number },
): Promise<readonly ServerGroup[]> {
  const select = db('server_groups').orderBy(['created_at', 'id']).offset(page.offset).limit(page.limit)
  if (page.projectId !== undefined) select.where({ project_id: page.projectId })
  return withMembers(db, (await select) as Row[])
}

export async function findServerGroup(db: Db, id: string): Promise<ServerGroup | undefined> {
  return (await withMembers(db, (await db('server_groups').where({ id })) as Row[]))[0]
}

/** Inside a transaction: of two who look at its members to add or place one, the second sees what the first did. */
export async function lockServerGroup(trx: Db, id: string): Promise<boolean> {
  return (await trx('server_groups').where({ id }).forUpdate().first('id')) !== undefined
}

/** @returns false when there is none */
export async function deleteServerGroup(db: Db, id: string): Promise<boolean> {
  return (await db('server_groups').where({ id }).delete()) > 0
}

export async function countServerGroups(db: Db, projectId: ProjectId): Promise<number> {
  const row = (await db('server_groups').where({ project_id: projectId }).count({ count: '*' }).first()) as Row
  return toNumber(row['count'])
}

export async function countGroupMembers(db: Db, id: string, userId: UserId): Promise<number> {
  const row = (await members(db).where({ server_group_id: id, user_id: userId }).count({ count: '*' }).first()) as Row
  return toNumber(row['count'])
}

/**
 * On how many hosts how many members have a claim: during a move on two each. Those that have none are left out, and
 * `except` is.
 */
export async function countMembersByHost(
  db: Db,
  id: string,
  except: InstanceId | undefined,
): Promise<ReadonlyMap<HostId, number>> {
  const select = members(db)
    .where({ server_group_id: id })
    .join('allocations', 'allocations.instance_id', 'instances.id')
  if (except !== undefined) select.whereNot({ 'instances.id': except })
  const rows = (await select
    .groupBy('allocations.host_id')
    .select('allocations.host_id as host_id')
    .count({ count: '*' })) as Row[]
  return new Map(rows.map((row) => [row['host_id'] as HostId, toNumber(row['count'])]))
}

async function withMembers(db: Db, rows: readonly Row[]): Promise<readonly ServerGroup[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row['id'] as string)
  const all = (await members(db)
    .whereIn('server_group_id', ids)
    .orderBy(['created_at', 'id'])
    .select('id', 'server_group_id')) as Row[]
  const byGroup = Map.groupBy(all, (row) => row['server_group_id'] as string)
  return rows.map((row) => ({
    id: row['id'] as string,
    projectId: row['project_id'] as ProjectId,
    userId: row['user_id'] as UserId,
    name: row['name'] as string,
    policy: row['policy'] as ServerGroupPolicy,
    maxServerPerHost: toNumberOrNull(row['max_server_per_host']),
    members: (byGroup.get(row['id'] as string) ?? []).map((member) => member['id'] as InstanceId),
  }))
}

function members(db: Db) {
  return db('instances').whereNull('deleted_at')
}
