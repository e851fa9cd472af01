/** Rows of `keypairs`. */
import type { UserId } from '../model/ids.ts'
import type { Keypair, KeypairType } from '../model/keypair.ts'
import type { Db } from './database.ts'
import { toNumber } from './rows.ts'

interface KeypairRow {
  readonly id: number
  readonly user_id: string
  readonly name: string
  readonly type: string
  readonly fingerprint: string
  readonly public_key: string
  readonly created_at: number | string
}

const table = (db: Db) => db<KeypairRow>('keypairs')

/** @throws a unique violation when the user has one of that name */
export async function insertKeypair(db: Db, keypair: Omit<Keypair, 'id'>): Promise<void> {
  await table(db).insert({
    user_id: keypair.userId,
    name: keypair.name,
    type: keypair.type,
    fingerprint: keypair.fingerprint,
    public_key: keypair.publicKey,
    created_at: keypair.createdAtMs,
  })
}

export async function findKeypair(db: Db, userId: UserId, name: string): Promise<Keypair | undefined> {
  const row = await table(db).where({ user_id: userId, name }).first()
  return row === undefined ? undefined : toKeypair(row)
}

/** By name, after the one named `afterName`. */
export async function listKeypairs(
  db: Db,
  userId: UserId,
  page: { readonly limit: number; readonly afterName?: string | undefined },
): Promise<Keypair[]> {
  const query = table(db).where({ user_id: userId }).orderBy('name').limit(page.limit)
  if (page.afterName !== undefined) query.where('name', '>', page.afterName)
  return (await query).map(toKeypair)
}

export async function countKeypairs(db: Db, userId: UserId): Promise<number> {
  const row = await table(db).where({ user_id: userId }).count({ count: '*' }).first()
  return toNumber(row?.['count'])
}

/** @returns false when there is none of that name. */
export async function deleteKeypair(db: Db, userId: UserId, name: string): Promise<boolean> {
  return (await table(db).where({ user_id: userId, name }).delete()) > 0
}

function toKeypair(row: KeypairRow): Keypair {
  return {
    id: row.id,
    userId: row.user_id as UserId,
    name: row.name,
    type: row.type as KeypairType,
    fingerprint: row.fingerprint,
    publicKey: row.public_key,
    createdAtMs: toNumber(row.created_at),
  }
}
