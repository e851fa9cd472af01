/**
 * knex over pg. knex's dialect does the SQL; this file opens connections with our session settings, keeps statements
 * prepared, tells the observer, and turns a broken connection into one error that everybody knows.
 */
import { createRequire } from 'node:module'
import type { Writable } from 'node:stream'
import type { Knex } from 'knex'
import pg, { type Client, type QueryConfig, type QueryResult } from 'pg'
import { refuseUnstorable } from '../bindings.ts'
import { codeOf, databaseUnavailable, isStalePlan } from '../database-errors.ts'
import type { QueryObserver } from '../sqlite-client.ts'
import type { ConnectionSettings } from './connection-settings.ts'
import { prepareBegin, queryWithBegin } from './opening-query.ts'

export interface PostgresClientSettings {
  readonly connection: ConnectionSettings
  readonly isDurable: boolean
  readonly observer: QueryObserver | undefined
}

interface QueryObject {
  readonly sql: string
  readonly bindings?: unknown[]
  response?: QueryResult
}

/** knex's marks on a connection. */
interface Connection extends Client {
  __knex__disposed?: unknown
  __knexTxId?: string | null
  /** Raised when its prepared statements are to be forgotten. */
  generation?: number
  /** A transaction that begins with the next statement. */
  isToBegin?: boolean
}

const require = createRequire(import.meta.url)
const KnexPostgresClient = require('knex/lib/dialects/postgres/index.js') as new (
  config: Knex.Config,
) => Knex.Client & {
  version: string
  checkVersion(connection: Client): Promise<string>
}

/** A process that was stopped in the middle of a transaction must not hold its locks for ever. */
const idleInTransactionMs = 15_000
const maxPrepared = 500

/** Statements seen, by pool, and under which name each is prepared from its second time on. */
const preparedNames = new WeakMap<PostgresClientSettings, Map<string, string>>()

/** Without private members: a transaction's client is made by knex from the prototype alone. */
export class PostgresClient extends KnexPostgresClient {
  override async acquireRawConnection(): Promise<Connection> {
    const { connection: settings, isDurable } = settingsOf(this)
    const connection: Connection = new pg.Client(settings)
    connection.on('error', (error) => (connection.__knex__disposed = error))
    connection.on('end', () => (connection.__knex__disposed ??= new Error('the connection ended')))
    try {
      await connection.connect()
      await connection.query(
        `set synchronous_commit = ${isDurable ? 'on' : 'off'}; set idle_in_transaction_session_timeout = ${idleInTransactionMs}`,
      )
      await prepareBegin(connection)
      this.version ??= await this.checkVersion(connection)
      return connection
    } catch (error) {
      await connection.end().catch(() => undefined)
      throw databaseUnavailable(error)
    }
  }

  override async destroyRawConnection(connection: Connection): Promise<void> {
    await connection.end()
  }

  async _query(connection: Connection, query: QueryObject): Promise<QueryObject> {
    const settings = settingsOf(this)
    refuseUnstorable(query.bindings ?? [])
    const ownAnswer = answerOurselves(connection, query.sql)
    if (ownAnswer !== undefined) {
      query.response = { command: ownAnswer, rows: [], fields: [], rowCount: null, oid: 0 }
      return query
    }
    const startedMs = performance.now()
    if (typeof connection.__knexTxId === 'string') holdBack(connection.connection.stream as Writable)
    try {
      query.response = await run(connection, query, settings)
    } catch (error) {
      if (!isLost(error)) throw error
      connection.__knex__disposed ??= error
      throw databaseUnavailable(error)
    }
    const { command } = query.response
    // The server says so, and no more, when a statement before it had failed.
    if (command === 'ROLLBACK' && /^\s*commit/i.test(query.sql)) throw new SpoiltTransaction()
    settings.observer?.queried(command === 'SELECT' ? 'read' : 'write', (performance.now() - startedMs) / 1000)
    return query
  }
}

/**
 * BEGIN waits for the first statement, and a transaction without any is none.
 * @returns the command that is done without asking the server
 */
function answerOurselves(connection: Connection, sql: string): 'BEGIN' | 'COMMIT' | 'ROLLBACK' | undefined {
  if (sql === 'BEGIN;') {
    connection.isToBegin = true
    return 'BEGIN'
  }
  if (connection.isToBegin !== true) return undefined
  const [, end] = /^\s*(commit|rollback)\s*;?$/i.exec(sql) ?? []
  if (end === undefined) return undefined
  connection.isToBegin = false
  return end.toUpperCase() as 'COMMIT' | 'ROLLBACK'
}

/**
 * What is written before the next tick leaves in one packet: statements of a transaction that nobody waits for one by one.
 * Outside of transactions there are none, and a read that leaves later comes later.
 */
function holdBack(stream: Writable): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

function settingsOf(client: PostgresClient): PostgresClientSettings {
  return client.config.connection as unknown as PostgresClientSettings
}

async function run(
  connection: Connection,
  { sql, bindings = [] }: QueryObject,
  settings: PostgresClientSettings,
): Promise<QueryResult> {
  const name = bindings.length === 0 ? undefined : nameOf(sql, connection, settings)
  const config: QueryConfig = { text: sql, values: bindings, ...(name === undefined ? {} : { name }) }
  try {
    if (connection.isToBegin !== true) return await connection.query(config)
    connection.isToBegin = false
    return await queryWithBegin(connection, config)
  } catch (error) {
    if (!isStalePlan(error)) throw error
    connection.generation = (connection.generation ?? 0) + 1
    // In a transaction everything before it is lost too; inTransaction begins again.
    if (typeof connection.__knexTxId === 'string') throw error
    return connection.query({ text: sql, values: bindings })
  }
}

function nameOf(sql: string, { generation = 0 }: Connection, settings: PostgresClientSettings): string | undefined {
  let names = preparedNames.get(settings)
  if (names === undefined) preparedNames.set(settings, (names = new Map()))
  const known = names.get(sql)
  if (known !== undefined) return `${known}.${generation}`
  if (names.size < maxPrepared) names.set(sql, `polyvisor-${names.size}`)
  return undefined
}

/** The transaction was rolled back although nobody asked: a statement in it failed, and its error was caught. */
export class SpoiltTransaction extends Error {
  override readonly name = 'SpoiltTransaction'

  constructor() {
    super('a statement of this transaction failed and its error was caught: PostgreSQL rolled the transaction back')
  }
}

/** Whether the connection, not the statement, is at fault. */
function isLost(error: unknown): boolean {
  const code = codeOf(error)
  // Class 08 is the connection's; 57P0x is a server that is stopped, crashed or starting; 25P03 is our own time-out.
  if (code !== undefined) return /^(08...|57P0[1-5]|25P03|E[A-Z]+)$/.test(code)
  return (
    error instanceof Error && /^(Connection terminated|Query read timeout|Client .* not queryable)/.test(error.message)
  )
}
