/** Opens the database, of either kind, with its schema up to date. The only file that chooses a dialect. */
import type { Knex } from 'knex'
import type { Logger } from '../util/logger.ts'
import type { PostgresConfig } from './postgres/postgres-config.ts'
import type { SqliteConfig } from './sqlite-database.ts'

export { inTransaction } from './transactions.ts'
export type { PostgresConfig, PostgresTls } from './postgres/postgres-config.ts'
export type { SqliteConfig } from './sqlite-database.ts'

/**
 * Every repository function takes one: the pool outside a transaction, the transaction's own handle inside. Never mixed:
 * SQLite's pool holds one connection, and PostgreSQL's would wait for itself once all of it is taken.
 */
export type Db = Knex

export type DatabaseConfig = SqliteConfig | PostgresConfig

/** @throws PolyvisorError that says what to do: not reachable, wrong password, no such database, too new a schema */
export async function openDatabase(config: DatabaseConfig, log?: Logger): Promise<Db> {
  // Each loads what it needs: a service on SQLite starts without PostgreSQL's client, and the other way round.
  if (config.engine === 'postgres') return (await import('./postgres/open-postgres.ts')).openPostgres(config, log)
  return (await import('./sqlite-database.ts')).openSqlite(config)
}

export function isPostgres(db: Db): boolean {
  return (db.client as { dialect: string }).dialect === 'postgresql'
}

/** How many wait for a connection to the database. */
export function countWaiting(db: Db): number {
  const { pool } = db.client as { pool?: { numPendingAcquires(): number } }
  return pool?.numPendingAcquires() ?? 0
}
