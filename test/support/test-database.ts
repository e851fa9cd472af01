/**
 * The one switch of the test matrix: POLYVISOR_TEST_DATABASE=sqlite|postgres. Whoever needs a database asks here, and
 * the test files that do, directly or not, are those that run on both (scripts/database-tests.ts finds them).
 */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { openDatabase, type DatabaseConfig, type Db, type SqliteConfig } from '../../src/store/database.ts'
import { PostgresServer } from './postgres-server.ts'
import { makeSqliteDatabase } from './sqlite-template.ts'

export type TestEngine = DatabaseConfig['engine']

export const testEngine = engineOf(process.env['POLYVISOR_TEST_DATABASE'])

const template = 'polyvisor_template'

function engineOf(text: string | undefined): TestEngine {
  const engine = text ?? 'sqlite'
  if (engine === 'sqlite' || engine === 'postgres') return engine
  throw new Error(`POLYVISOR_TEST_DATABASE is ${engine}; it must be sqlite or postgres`)
}

/** A new database with the newest schema; it is gone once it is destroyed. */
export async function openTestDatabase(): Promise<Db> {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-database-'))
  const db = await openDatabase(await testDatabaseIn(folder))
  const client = db.client as { destroy(): Promise<void> }
  const destroy = client.destroy.bind(client)
  client.destroy = async () => {
    await destroy()
    await dropTestDatabaseIn(folder)
    await rm(folder, { recursive: true, force: true })
  }
  return db
}

/** The database that belongs to this folder: made when it is asked for first, the same one from then on. */
export async function testDatabaseIn(folder: string): Promise<DatabaseConfig> {
  if (testEngine === 'postgres') return { engine: 'postgres', url: await createPostgres(nameFor(folder)) }
  const config = sqliteIn(folder)
  await makeSqliteDatabase(config.filename)
  return config
}

/** The same without any tables. */
export async function emptyDatabaseIn(folder: string): Promise<DatabaseConfig> {
  if (testEngine === 'sqlite') return sqliteIn(folder)
  const name = nameFor(folder)
  // In the locale of the server, as an operator's would be.
  await withAdmin((client) => client.query(`create database ${name}`))
  return { engine: 'postgres', url: await urlOf(name) }
}

function sqliteIn(folder: string): SqliteConfig {
  return { engine: 'sqlite', filename: join(folder, 'test.db') }
}

/** As settings for a service on this data directory; a service on SQLite finds its own. */
export async function databaseSettings(dataDir: string): Promise<Readonly<Record<string, string>>> {
  if (testEngine === 'sqlite') return {}
  return { 'database.engine': 'postgres', 'database.url': await createPostgres(nameFor(dataDir)) }
}

/** The same as environment variables of its process. */
export async function databaseEnvironment(dataDir: string): Promise<Readonly<Record<string, string>>> {
  if (testEngine === 'sqlite') return {}
  return {
    POLYVISOR_DATABASE_ENGINE: 'postgres',
    POLYVISOR_DATABASE_URL: await createPostgres(nameFor(dataDir)),
  }
}

/** Rows of the database of a service that may run: seen without any code of ours. */
export async function queryDatabaseOf(dataDir: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  if (testEngine === 'sqlite') return withSqlite(dataDir, (database) => database.prepare(sql).all())
  const result = await withClient(await urlOf(nameFor(dataDir)), (client) => client.query<Record<string, unknown>>(sql))
  return result.rows
}

/** Changes them behind the service's back. */
export async function executeInDatabaseOf(dataDir: string, sql: string): Promise<void> {
  if (testEngine === 'sqlite') withSqlite(dataDir, (database) => database.exec(sql))
  else await withClient(await urlOf(nameFor(dataDir)), (client) => client.query(sql))
}

function withSqlite<T>(dataDir: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(join(dataDir, 'database/polyvisor.db'), { timeout: 10_000 })
  try {
    return work(database)
  } finally {
    database.close()
  }
}

export async function dropTestDatabaseIn(folder: string): Promise<void> {
  if (testEngine === 'postgres') await dropPostgres(nameFor(folder))
}

let ownServer: Promise<PostgresServer> | undefined

/** scripts/test.sh starts one server for a whole run; a test file run by hand gets its own, which ends with it. */
async function urlOf(name: string): Promise<string> {
  const shared = process.env['POLYVISOR_TEST_POSTGRES']
  const base = shared ?? (await (ownServer ??= PostgresServer.start())).url()
  const url = new URL(base)
  url.pathname = `/${name}`
  return url.href
}

function nameFor(folder: string): string {
  return `t_${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`
}

async function createPostgres(name: string): Promise<string> {
  await withAdmin(async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount !== 0) return
    await makeTemplate(client)
    await client.query(`create database ${name} template ${template} strategy file_copy`)
  })
  return urlOf(name)
}

async function dropPostgres(name: string): Promise<void> {
  await withAdmin((client) => client.query(`drop database if exists ${name} with (force)`))
}

/** Migrated once per server: a copy of it is there in no time. */
async function makeTemplate(admin: Client): Promise<void> {
  await admin.query('select pg_advisory_lock(1)')
  try {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [template])
    if (rowCount !== 0) return
    await admin.query(`drop database if exists ${template}_new`)
    await admin.query(`create database ${template}_new`)
    await (await openDatabase({ engine: 'postgres', url: await urlOf(`${template}_new`) })).destroy()
    await admin.query(`alter database ${template}_new rename to ${template}`)
  } finally {
    await admin.query('select pg_advisory_unlock(1)')
  }
}

async function withAdmin<T>(work: (client: Client) => Promise<T>): Promise<T> {
  return withClient(await urlOf('postgres'), work)
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
