/**
 * knex over Node's own SQLite. knex's better-sqlite3 dialect does the SQL; this file swaps the driver underneath:
 * statements are prepared once and kept, and transactions that may write begin IMMEDIATE, so that two writers
 * queue instead of failing half way.
 */
import { createRequire } from 'node:module'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { compileFunction } from 'node:vm'
import type { Knex } from 'knex'
import { breathe } from '../util/breathe.ts'
import { refuseUnstorable } from './bindings.ts'

interface QueryObject {
  sql: string
  bindings?: readonly unknown[]
  method?: string
  returning?: unknown
  response?: unknown
  context?: { lastID: number | bigint; changes: number | bigint }
}

const require = createRequire(import.meta.url)
const SqliteQueryCompiler = require('knex/lib/dialects/sqlite3/query/sqlite-querycompiler.js') as new (
  client: Knex.Client,
  builder: unknown,
  formatter: unknown,
) => { readonly single: { readonly limit?: number; readonly offset?: number } }

const BetterSqlite3Client = require('knex/lib/dialects/better-sqlite3/index.js') as new (
  config: Knex.Config,
) => Knex.Client & {
  _formatBindings(bindings: readonly unknown[]): SQLInputValue[]
}

const busyTimeoutMs = 10_000
const maxCachedStatements = 500
const statementCaches = new WeakMap<DatabaseSync, Map<string, Prepared>>()
const schemaChange = /^\s*(create|alter|drop)\s/i

/** Told how long each statement took; for figures. */
export interface QueryObserver {
  queried(kind: 'read' | 'write', seconds: number): void
}

export type SqliteDurability = 'full' | 'normal'

/**
 * Writes limits as numbers. SQLite's planner looks at the value behind `limit ?`, so binding one makes it prepare the
 * statement again at every call, which costs several times what a query by primary key does. knex has made it an integer.
 */
class QueryCompiler extends SqliteQueryCompiler {
  limit(): string {
    const { limit, offset } = this.single
    if (limit === undefined) return offset ? 'limit -1' : ''
    return `limit ${limit}`
  }
}

export class NodeSqliteClient extends BetterSqlite3Client {
  override queryCompiler(builder: unknown, formatter?: unknown): QueryCompiler {
    return new QueryCompiler(this, builder, formatter)
  }

  _driver(): typeof DatabaseSync {
    return DatabaseSync
  }

  override async acquireRawConnection(): Promise<DatabaseSync> {
    const settings = this.config.connection as { filename: string; durability?: SqliteDurability }
    const database = new DatabaseSync(settings.filename, { timeout: busyTimeoutMs })
    database.exec('PRAGMA journal_mode = WAL')
    database.exec(`PRAGMA synchronous = ${settings.durability === 'normal' ? 'NORMAL' : 'FULL'}`)
    database.exec('PRAGMA foreign_keys = ON')
    // What is deleted is overwritten: guests' passwords stand in the file only while they are on their way.
    database.exec('PRAGMA secure_delete = ON')
    return database
  }

  override async destroyRawConnection(connection: DatabaseSync): Promise<void> {
    connection.close()
  }

  async _query(connection: DatabaseSync, query: QueryObject): Promise<QueryObject> {
    // SQLite answers at once, so a hundred requests in a row would keep everybody else waiting. Never within a transaction:
    // what was asked for side by side would pass one another, and its end.
    const turn = connection.isTransaction ? undefined : breathe()
    if (turn !== undefined) await turn
    const sql = query.sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : query.sql
    const { observer } = this.config.connection as unknown as { observer?: QueryObserver | undefined }
    const startedMs = performance.now()
    const { statement, toRow } = prepare(connection, sql)
    refuseUnstorable(query.bindings ?? [])
    const bindings = this._formatBindings(query.bindings ?? [])
    if (toRow !== undefined) {
      query.response = (statement.all(...bindings) as unknown as SQLInputValue[][]).map(toRow)
      observer?.queried('read', (performance.now() - startedMs) / 1000)
      return query
    }
    const result = statement.run(...bindings)
    observer?.queried('write', (performance.now() - startedMs) / 1000)
    query.response = result
    query.context = { lastID: result.lastInsertRowid, changes: result.changes }
    return query
  }
}
Object.assign(NodeSqliteClient.prototype, { driverName: 'node:sqlite' })

interface Prepared {
  readonly statement: StatementSync
  /** Present when the statement returns rows. */
  readonly toRow: ((values: readonly SQLInputValue[]) => Record<string, unknown>) | undefined
}

function prepare(connection: DatabaseSync, sql: string): Prepared {
  let cache = statementCaches.get(connection)
  // A change of the schema changes what `select *` returns.
  if (cache === undefined || schemaChange.test(sql)) statementCaches.set(connection, (cache = new Map()))
  const known = cache.get(sql)
  if (known !== undefined) return known
  const statement = connection.prepare(sql)
  const names = statement.columns().map((column) => column.name)
  if (names.length > 0) statement.setReturnArrays(true)
  const prepared = { statement, toRow: names.length > 0 ? rowMaker(names) : undefined }
  if (cache.size >= maxCachedStatements) cache.delete(cache.keys().next().value ?? '')
  cache.set(sql, prepared)
  return prepared
}

/**
 * One object literal per statement: rows of one shape, which costs some 40 % less than SQLite's own row objects.
 * The names are columns of our own statements, and are quoted.
 */
function rowMaker(names: readonly string[]): (values: readonly SQLInputValue[]) => Record<string, unknown> {
  const fields = names.map((name, index) => `${JSON.stringify(name)}: values[${index}]`)
  return compileFunction(`return { ${fields.join(', ')} }`, ['values']) as ReturnType<typeof rowMaker>
}
