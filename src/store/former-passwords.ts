/** Rows of `former_passwords`: hashes of what users had before. */
import type { UserId } from '../model/ids.ts'
import type { Db } from './database.ts'

/** The latest first. */
export async function listFormerPasswords(db: Db, userId: UserId, atMost: number): Promise<readonly string[]> {
  const rows = (await db('former_passwords')
    .where({ user_id: userId })
    .orderBy('id', 'desc')
    .limit(atMost)
    .select('password_hash')) as { password_hash: string }[]
  return rows.map((row) => row.password_hash)
}

/** Inside a transaction that has the user locked. Of older ones `keep` are kept. */
export async function addFormerPassword(trx: Db, userId: UserId, passwordHash: string, keep: number): Promise<void> {
  await trx('former_passwords').insert({ user_id: userId, password_hash: passwordHash })
  const kept = (await trx('former_passwords')
    .where({ user_id: userId })
    .orderBy('id', 'desc')
    .limit(keep)
    .select('id')) as { id: number }[]
  await trx('former_passwords')
    .where({ user_id: userId })
    .whereNotIn(
      'id',
      kept.map(({ id }) => id),
    )
    .delete()
}
