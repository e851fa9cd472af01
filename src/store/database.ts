/** Opens the database and brings its schema up to date. The only file that chooses a dialect. */
import { createRequire } from 'node:module'
import type { Knex } from 'knex'
import { migrationSource } from './migrations.ts'
import { NodeSqliteClient, type QueryObserver, type SqliteDurability } from './sqlite-client.ts'

const knexFactory = createRequire(import.meta.url)('knex') as typeof import('knex').default

/** Every repository function takes one: the pool outside a transaction, the transaction's own handle inside (never mixed: the pool holds one connection). */
export type Db = Knex

export interface DatabaseConfig {
  readonly engine: 'sqlite'
  /** A path, or `:memory:`. */
  readonly filename: string
  /** full: an acknowledged write survives power loss; normal: it survives a crash of the process. */
  readonly durability?: SqliteDurability
  readonly observer?: QueryObserver | undefined
}

export async function openDatabase(config: DatabaseConfig): Promise<Db> {
  const db = knexFactory({
    // knex's types know its own clients only.
    client: NodeSqliteClient as unknown as typeof Knex.Client,
    connection: {
      filename: config.filename,
      durability: config.durability ?? 'normal',
      observer: config.observer,
    } as never,
    pool: { min: 1, max: 1 },
    useNullAsDefault: true,
    asyncStackTraces: false,
    migrations: { migrationSource: migrationSource },
  })
  try {
    await db.migrate.latest()
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** How many wait for the database's one connection. */
export function countWaiting(db: Db): number {
  const { pool } = db.client as { pool?: { numPendingAcquires(): number } }
  return pool?.numPendingAcquires() ?? 0
}

/** Runs `work` in one transaction. Nested calls reuse the transaction they are handed. */
export async function inTransaction<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction === true) return work(db)
  return db.transaction(work)
}
