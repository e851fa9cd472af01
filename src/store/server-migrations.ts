/** Records of servers' moves. They tell what happened; nothing is decided by them. */
import type { InstanceId, OperationId, ProjectId, UserId } from '../model/ids.ts'
import type {
  NewServerMigration,
  ServerMigration,
  ServerMigrationStatus,
  ServerMigrationType,
} from '../model/server-migration.ts'
import type { Db } from './database.ts'
import { toNumber } from './rows.ts'

type Row = Record<string, unknown>

export async function insertServerMigration(db: Db, migration: NewServerMigration, nowMs: number): Promise<void> {
  await db('server_migrations').insert({
    uuid: migration.uuid,
    instance_id: migration.instanceId,
    project_id: migration.projectId,
    user_id: migration.userId,
    operation_id: migration.operationId,
    type: migration.type,
    status: migration.status,
    source_host: migration.sourceHost,
    dest_host: migration.destHost,
    old_flavor_id: migration.oldFlavorId,
    new_flavor_id: migration.newFlavorId,
    created_at: nowMs,
    updated_at: nowMs,
  })
}

export async function changeServerMigration(
  db: Db,
  uuid: string,
  { status, destHost }: { readonly status?: ServerMigrationStatus; readonly destHost?: string | null },
  nowMs: number,
): Promise<void> {
  await db('server_migrations')
    .where({ uuid })
    .update({
      ...(status === undefined ? {} : { status }),
      ...(destHost === undefined ? {} : { dest_host: destHost }),
      updated_at: nowMs,
    })
}

export interface ServerMigrationQuery {
  readonly instanceId?: string | undefined
  readonly uuid?: string | undefined
  readonly id?: number | undefined
  /** Either side. */
  readonly hostName?: string | undefined
  readonly sourceHost?: string | undefined
  readonly status?: string | undefined
  readonly type?: string | undefined
  readonly projectId?: string | undefined
  readonly userId?: string | undefined
  readonly statuses?: readonly ServerMigrationStatus[]
  readonly changedSinceMs?: number | undefined
  readonly changedBeforeMs?: number | undefined
  /** The id of the last one that was shown. */
  readonly after?: number | undefined
  readonly limit: number
}

/** Newest first. */
export async function listServerMigrations(db: Db, query: ServerMigrationQuery): Promise<readonly ServerMigration[]> {
  const equal = {
    instance_id: query.instanceId,
    uuid: query.uuid,
    id: query.id,
    source_host: query.sourceHost,
    status: query.status,
    type: query.type,
    project_id: query.projectId,
    user_id: query.userId,
  }
  const select = db('server_migrations').orderBy('id', 'desc').limit(query.limit)
  for (const [column, value] of Object.entries(equal)) if (value !== undefined) select.where(column, value)
  const { hostName } = query
  if (hostName !== undefined)
    select.where((either) => either.where('source_host', hostName).orWhere('dest_host', hostName))
  if (query.statuses !== undefined) select.whereIn('status', query.statuses)
  if (query.changedSinceMs !== undefined) select.where('updated_at', '>=', query.changedSinceMs)
  if (query.changedBeforeMs !== undefined) select.where('updated_at', '<=', query.changedBeforeMs)
  if (query.after !== undefined) select.where('id', '<', query.after)
  return ((await select) as Row[]).map(toServerMigration)
}

function toServerMigration(row: Row): ServerMigration {
  return {
    id: toNumber(row['id']),
    uuid: row['uuid'] as string,
    instanceId: row['instance_id'] as InstanceId,
    projectId: row['project_id'] as ProjectId,
    userId: row['user_id'] as UserId,
    operationId: row['operation_id'] as OperationId,
    type: row['type'] as ServerMigrationType,
    status: row['status'] as ServerMigrationStatus,
    sourceHost: row['source_host'] as string,
    destHost: row['dest_host'] as string | null,
    oldFlavorId: row['old_flavor_id'] as string,
    newFlavorId: row['new_flavor_id'] as string,
    createdAtMs: toNumber(row['created_at']),
    updatedAtMs: toNumber(row['updated_at']),
  }
}
