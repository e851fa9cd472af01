/** Messages that must leave once the transaction that wrote them is committed: never before, and never not. */
import type { Json } from '../util/json.ts'
import type { Db } from './database.ts'
import { fromJson, toJson, toNumber } from './rows.ts'

export interface OutboxMessage {
  readonly id: number
  readonly queue: string
  readonly message: Json
}

/** @param owner who sends it, unless it lies there too long */
export async function putOutbox(
  db: Db,
  put: { readonly queue: string; readonly message: Json; readonly owner: string },
  nowMs: number,
): Promise<void> {
  await db('outbox').insert({ queue: put.queue, message: toJson(put.message), owner: put.owner, created_at: nowMs })
}

/** The owner's own, oldest first. */
export async function listOutbox(db: Db, owner: string, limit: number): Promise<readonly OutboxMessage[]> {
  const rows = (await db('outbox').where({ owner }).orderBy('id').limit(limit)) as Record<string, unknown>[]
  return rows.map((row) => ({
    id: toNumber(row['id']),
    queue: row['queue'] as string,
    message: fromJson<Json>(row['message']),
  }))
}

/**
 * Makes others' messages that were put there (or taken over) before `beforeMs` the owner's: whoever put them is gone or
 * stuck. Those from after `nowMs` too: a clock was set back. @returns how many
 */
export async function adoptOutbox(
  db: Db,
  owner: string,
  times: { readonly beforeMs: number; readonly nowMs: number },
  limit: number,
): Promise<number> {
  const isStale = `(created_at < ? or created_at > ?)`
  const bindings = [times.beforeMs, times.nowMs + (times.nowMs - times.beforeMs)]
  const stale = db('outbox').whereRaw(isStale, bindings).orderBy('id').limit(limit).select('id')
  // Looked at again where it is written: two that adopt at once do not share.
  return db('outbox').whereIn('id', stale).whereRaw(isStale, bindings).update({ owner, created_at: times.nowMs })
}

export async function deleteOutbox(db: Db, ids: readonly number[]): Promise<void> {
  await db('outbox').whereIn('id', ids).delete()
}
