/** Rows of `idempotency_keys`: what was answered to a keyed request, so that a repeat gets the same. */
import type { Db } from './database.ts'
import { fromJson, toJson, toNumber } from './rows.ts'

export interface KeptAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON; null when the answer has no body. */
  readonly body: string | null
}

export interface KeyRecord {
  readonly fingerprint: string
  /** undefined: it is being worked on, or that was cut. */
  readonly answer: KeptAnswer | undefined
  readonly createdAtMs: number
}

interface KeyRow {
  readonly key_hash: string
  readonly fingerprint: string
  readonly status: number | null
  readonly headers: string | null
  readonly body: string | null
  readonly created_at: number | string
}

const table = (db: Db) => db<KeyRow>('idempotency_keys')

/** @returns false when the key is there already. */
export async function insertKey(db: Db, keyHash: string, fingerprint: string, nowMs: number): Promise<boolean> {
  const row = { key_hash: keyHash, fingerprint, created_at: nowMs }
  const inserted: unknown[] = await table(db).insert(row).onConflict('key_hash').ignore().returning('key_hash')
  return inserted.length > 0
}

export async function findKey(db: Db, keyHash: string): Promise<KeyRecord | undefined> {
  const row = await table(db).where({ key_hash: keyHash }).first()
  if (row === undefined) return undefined
  const { status, headers, body } = row
  const answer = status === null ? undefined : { status, headers: fromJson<KeptAnswer['headers']>(headers), body }
  return { fingerprint: row.fingerprint, answer, createdAtMs: toNumber(row.created_at) }
}

export async function keepAnswer(db: Db, keyHash: string, answer: KeptAnswer): Promise<void> {
  const { status, headers, body } = answer
  await table(db)
    .where({ key_hash: keyHash })
    .update({ status, headers: toJson(headers), body })
}

export async function deleteKey(db: Db, keyHash: string): Promise<void> {
  await table(db).where({ key_hash: keyHash }).delete()
}

/** Only while it is that old: another process may have begun anew under it. */
export async function deleteOldKey(db: Db, keyHash: string, beforeMs: number): Promise<void> {
  await table(db).where({ key_hash: keyHash }).where('created_at', '<=', beforeMs).delete()
}

/** @returns how many went. */
export async function deleteKeysBefore(db: Db, beforeMs: number): Promise<number> {
  return table(db).where('created_at', '<=', beforeMs).delete()
}
