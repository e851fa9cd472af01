/**
 * Leases of operations: who works on one, until when. Every write of the worker names the lease's epoch, so a worker
 * that lost its lease cannot change anything any more. An expiry so far ahead that no lease can reach it was written
 * before a clock was set back: it counts as expired, or the operation would stand still until then.
 */
import type { OperationId } from '../model/ids.ts'
import { openOperationStatuses, type Operation } from '../model/operation.ts'
import type { Db } from './database.ts'
import { toOperation } from './operations.ts'
import { toBoolean, toNumber } from './rows.ts'

type Row = Record<string, unknown>

export interface Lease {
  readonly operationId: OperationId
  readonly epoch: number
}

export interface RenewedLease extends Lease {
  readonly cancelRequested: boolean
}

export interface LeaseTimes {
  readonly nowMs: number
  readonly leaseMs: number
}

/** Ids of open operations that nobody holds (any more), oldest first. */
export async function listClaimableOperations(
  db: Db,
  times: LeaseTimes,
  limit: number,
): Promise<readonly OperationId[]> {
  const rows = (await db('operations')
    .whereIn('status', openOperationStatuses)
    .whereRaw(isFree, freeAt(times))
    .orderBy('created_at')
    .limit(limit)
    .select('id')) as Row[]
  return rows.map((row) => row['id'] as OperationId)
}

/** Takes the lease of an open operation; one that was pending is running then. @returns the operation as it then is, or undefined when somebody else holds it */
export async function claimOperation(
  db: Db,
  id: OperationId,
  owner: string,
  times: LeaseTimes,
): Promise<Operation | undefined> {
  const rows = (await db('operations')
    .where({ id })
    .whereIn('status', openOperationStatuses)
    .whereRaw(isFree, freeAt(times))
    .update({
      status: db.raw("case status when 'pending' then 'running' else status end"),
      lease_owner: owner,
      lease_epoch: db.raw('lease_epoch + 1'),
      lease_expires_at: times.nowMs + times.leaseMs,
      updated_at: times.nowMs,
    })
    .returning('*')) as Row[]
  return rows[0] === undefined ? undefined : toOperation(rows[0])
}

/**
 * Only of operations that the owner really works on: one that it let go of, while the database could not be told, must run out.
 * @returns the leases still held
 */
export async function renewLeases(
  db: Db,
  owner: string,
  ids: readonly OperationId[],
  times: LeaseTimes,
): Promise<readonly RenewedLease[]> {
  const rows = (await db('operations')
    .whereIn('id', ids)
    .where({ lease_owner: owner })
    .whereIn('status', openOperationStatuses)
    .update({ lease_expires_at: times.nowMs + times.leaseMs })
    .returning(['id', 'lease_epoch', 'cancel_requested'])) as Row[]
  return rows.map((row) => ({
    operationId: row['id'] as OperationId,
    epoch: toNumber(row['lease_epoch']),
    cancelRequested: toBoolean(row['cancel_requested']),
  }))
}

/** Inside a transaction: nobody else takes the operation before that ends. @returns false when somebody did already */
export async function holdLease(trx: Db, lease: Lease): Promise<boolean> {
  const row: unknown = await trx('operations')
    .where({ id: lease.operationId, lease_epoch: lease.epoch })
    .forShare()
    .first('id')
  return row !== undefined
}

/** Gives a lease back: others may go on with the operation at once. */
export async function releaseLease(db: Db, lease: Lease): Promise<void> {
  await db('operations')
    .where({ id: lease.operationId, lease_epoch: lease.epoch })
    .update({ lease_owner: null, lease_expires_at: null })
}

/** Drops all leases: right only for a process that knows itself to be the only conductor. */
export async function dropAllLeases(db: Db): Promise<void> {
  await db('operations').whereNotNull('lease_owner').update({ lease_owner: null, lease_expires_at: null })
}

/** Drops the leases of owners whose names begin so. */
export async function dropLeasesOf(db: Db, prefix: string): Promise<void> {
  await db('operations')
    .where('lease_owner', 'like', `${prefix}%`)
    .update({ lease_owner: null, lease_expires_at: null })
}

const isFree = '(lease_expires_at is null or lease_expires_at < ? or lease_expires_at > ?)'

function freeAt({ nowMs, leaseMs }: LeaseTimes): readonly [number, number] {
  return [nowMs, nowMs + 2 * leaseMs]
}
