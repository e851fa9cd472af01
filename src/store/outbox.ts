/** Messages that must leave once the transaction that wrote them is committed: never before, and never not. */
import type { Json } from '../util/json.ts'
import type { Db } from './database.ts'
import { fromJson, toJson, toNumber } from './rows.ts'

export interface OutboxMessage {
  readonly id: number
  readonly queue: string
  readonly message: Json
}

export async function putOutbox(db: Db, queue: string, message: Json, nowMs: number): Promise<void> {
  await db('outbox').insert({ queue, message: toJson(message), created_at: nowMs })
}

export async function listOutbox(db: Db, limit: number): Promise<readonly OutboxMessage[]> {
  const rows = (await db('outbox').orderBy('id').limit(limit)) as Record<string, unknown>[]
  return rows.map((row) => ({
    id: toNumber(row['id']),
    queue: row['queue'] as string,
    message: fromJson<Json>(row['message']),
  }))
}

export async function deleteOutbox(db: Db, ids: readonly number[]): Promise<void> {
  await db('outbox').whereIn('id', ids).delete()
}
