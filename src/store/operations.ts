/** Operations, each with its steps in one row. Whoever works on one holds its lease (leases.ts), and every write of theirs names its epoch. */
import type { Knex } from 'knex'
import type { InstanceId, OperationId, ProjectId, UserId } from '../model/ids.ts'
import {
  openOperationStatuses,
  type Operation,
  type OperationError,
  type OperationProgress,
  type OperationState,
  type OperationStatus,
  type OperationStep,
} from '../model/operation.ts'
import type { JsonObject } from '../util/json.ts'
import type { Db } from './database.ts'
import type { Lease } from './leases.ts'
import { fromJson, fromJsonOrNull, toBoolean, toJson, toNumber, toNumberOrNull } from './rows.ts'

type Row = Record<string, unknown>

export async function insertOperation(db: Db, operation: Operation): Promise<void> {
  await db('operations').insert(toColumns(operation))
}

/** One orphan-remove at a time for each instance. @returns false when there is one that is open */
export async function insertUnlessOpen(db: Db, operation: Operation): Promise<boolean> {
  const rows: unknown[] = await db('operations').insert(toColumns(operation)).onConflict().ignore().returning('id')
  return rows.length > 0
}

export async function findOperation(db: Db, id: OperationId): Promise<Operation | undefined> {
  const row = (await db('operations').where({ id }).first()) as Row | undefined
  return row === undefined ? undefined : toOperation(row)
}

export interface OperationChanges {
  readonly status?: OperationStatus
  readonly state?: OperationState
  readonly steps?: readonly OperationStep[]
  readonly error?: OperationError | null
  readonly progress?: OperationProgress | null
  readonly finishedAtMs?: number
}

/** @returns false when the lease is lost: the caller must stop working on the operation */
export async function changeOperation(
  db: Db,
  lease: Lease,
  changes: OperationChanges,
  nowMs: number,
): Promise<boolean> {
  return (await changeOf(db, lease, changes, nowMs)) === 1
}

/** The statement of `changeOperation`, to be part of another. */
export function changeOf(
  db: Db,
  lease: Lease,
  changes: OperationChanges,
  nowMs: number,
): Knex.QueryBuilder<Row, number> {
  const columns: Record<string, unknown> = { updated_at: nowMs }
  if (changes.status !== undefined) columns['status'] = changes.status
  if (changes.state !== undefined) columns['state'] = toJson(changes.state)
  if (changes.steps !== undefined) columns['steps'] = toJson(changes.steps)
  if (changes.error !== undefined) columns['error'] = changes.error === null ? null : toJson(changes.error)
  if (changes.progress !== undefined) columns['progress'] = changes.progress === null ? null : toJson(changes.progress)
  if (changes.finishedAtMs !== undefined) {
    columns['finished_at'] = changes.finishedAtMs
    columns['secret'] = null
    columns['lease_owner'] = null
    columns['lease_expires_at'] = null
  }
  return db('operations').where({ id: lease.operationId, lease_epoch: lease.epoch }).update(columns)
}

/** Asks whoever works on it to stop and undo. @returns false when it is over already */
export async function requestCancel(db: Db, id: OperationId, nowMs: number): Promise<boolean> {
  const changed = await db('operations')
    .where({ id })
    .whereIn('status', openOperationStatuses)
    .update({ cancel_requested: true, updated_at: nowMs })
  return changed === 1
}

function toColumns(operation: Operation): Row {
  return {
    id: operation.id,
    kind: operation.kind,
    status: operation.status,
    project_id: operation.projectId,
    user_id: operation.userId,
    request_id: operation.requestId,
    instance_id: operation.instanceId,
    input: toJson(operation.input),
    ...(operation.secret === undefined ? {} : { secret: toJson(operation.secret) }),
    state: toJson(operation.state),
    steps: toJson(operation.steps),
    created_at: operation.createdAtMs,
    updated_at: operation.updatedAtMs,
  }
}

export function toOperation(row: Row): Operation {
  return {
    id: row['id'] as OperationId,
    kind: row['kind'] as string,
    status: row['status'] as OperationStatus,
    projectId: row['project_id'] as ProjectId,
    userId: row['user_id'] as UserId,
    requestId: row['request_id'] as string,
    instanceId: row['instance_id'] as InstanceId | null,
    input: fromJson<JsonObject>(row['input']),
    ...(row['secret'] === null ? {} : { secret: fromJson<JsonObject>(row['secret']) }),
    state: fromJson<OperationState>(row['state']),
    steps: fromJson<OperationStep[]>(row['steps']),
    cancelRequested: toBoolean(row['cancel_requested']),
    error: fromJsonOrNull<OperationError>(row['error']),
    progress: fromJsonOrNull<OperationProgress>(row['progress']),
    leaseOwner: row['lease_owner'] as string | null,
    leaseEpoch: toNumber(row['lease_epoch']),
    leaseExpiresAtMs: toNumberOrNull(row['lease_expires_at']),
    createdAtMs: toNumber(row['created_at']),
    updatedAtMs: toNumber(row['updated_at']),
    finishedAtMs: toNumberOrNull(row['finished_at']),
  }
}

/** Ends an operation that nobody began yet. @returns false when somebody did */
export async function cancelUnstarted(db: Db, id: OperationId, nowMs: number): Promise<boolean> {
  const changed = await db('operations')
    .where({ id, status: 'pending', lease_owner: null })
    .update({
      status: 'cancelled',
      finished_at: nowMs,
      updated_at: nowMs,
      secret: null,
      lease_epoch: db.raw('lease_epoch + 1'),
    })
  return changed === 1
}

export async function hasOpenOperation(db: Db, kind: string, instanceId: InstanceId): Promise<boolean> {
  const row: unknown = await db('operations')
    .where({ kind, instance_id: instanceId })
    .whereIn('status', openOperationStatuses)
    .first('id')
  return row !== undefined
}
