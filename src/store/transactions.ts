/**
 * Transactions that hold on both databases. On PostgreSQL they are READ COMMITTED: what a transaction read may have
 * changed when it writes, so every write names what it relies on (compare-and-set), or the row was locked when it was
 * read. Whoever locks several rows takes them in this order, so that none waits in a circle:
 *
 *   users → operations → commands → allocations → hosts → instances → vms → quota usages → everything else
 *
 * A statement that fails spoils the whole transaction there: code that expects a violation lets it end the transaction,
 * or writes with `onConflict` instead.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Knex } from 'knex'
import { mayBeTriedAgain } from './database-errors.ts'

const maxTries = 6

/**
 * Runs `work` in one transaction; nested calls reuse the one they are handed. When the database ends it for another's
 * sake (a deadlock), `work` runs again from its beginning: it must not have changed anything but the database.
 */
export async function inTransaction<T>(db: Knex, work: (trx: Knex) => Promise<T>): Promise<T> {
  if (db.isTransaction === true) return work(db)
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction(work)
    } catch (error) {
      if (tries >= maxTries || !mayBeTriedAgain(error)) throw error
      await delay(Math.random() * 20 * tries)
    }
  }
}
