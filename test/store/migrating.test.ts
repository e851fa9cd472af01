/** The schema's way from version to version: beside other processes, with newer ones about, and cut at any moment. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, afterEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { OperationId } from '../../src/model/ids.ts'
import { schemaGuard } from '../../src/reconcilers/schema-guard.ts'
import { openDatabase, type DatabaseConfig, type Db } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { migrationSource, migrationSourceOf } from '../../src/store/migrations.ts'
import { findOperation } from '../../src/store/operations.ts'
import { appliedMigrations } from '../../src/store/schema-version.ts'
import { dropTestDatabaseIn, emptyDatabaseIn, testEngine } from '../support/test-database.ts'

const ownMigrations = fileURLToPath(new URL('../../migrations', import.meta.url))
const child = fileURLToPath(new URL('./migrating-child.ts', import.meta.url))

let folder: string
let config: DatabaseConfig
let newer: string
before(async () => {
  newer = await mkdtemp(join(tmpdir(), 'polyvisor-migrations-'))
  await cp(ownMigrations, newer, { recursive: true })
})
after(() => rm(newer, { recursive: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polyvisor-migrating-'))
  config = await emptyDatabaseIn(folder)
})
afterEach(async () => {
  await dropTestDatabaseIn(folder)
  await rm(folder, { recursive: true })
})

async function open(t: { after(work: () => Promise<void>): void }): Promise<Db> {
  const db = await openDatabase(config)
  t.after(() => db.destroy())
  return db
}

/** As a newer version left it. */
async function pretend(db: Db, name: string): Promise<void> {
  await db('knex_migrations').insert({ name, batch: 2, migration_time: '2030-01-01 00:00:00' })
}

test('a newer version’s compatible migration troubles nobody', async (t) => {
  const db = await open(t)
  await pretend(db, '9999-another-column')
  await (await openDatabase(config)).destroy()
})

test('its breaking one stops an old process, at the start and while it runs', async (t) => {
  const db = await open(t)
  const reasons = new Array<Error>()
  const guard = schemaGuard({ db, stop: (reason) => void reasons.push(reason) })
  await guard.run()
  assert.equal(reasons.length, 0)
  await pretend(db, '9999-other-shape.breaking')
  await guard.run()
  const words = /newer Polyvisor changed the database.*9999-other-shape\.breaking.*Stop this process/
  assert.match(reasons[0]?.message ?? '', words)
  await assert.rejects(openDatabase(config), words)
})

test('a breaking migration that this version knows is its own', async (t) => {
  const source = await mkdtemp(join(tmpdir(), 'polyvisor-migrations-'))
  t.after(() => rm(source, { recursive: true }))
  await cp(ownMigrations, source, { recursive: true })
  await writeFile(
    join(source, '9998-shape.breaking.ts'),
    `export async function up(db: never) { await (db as any).schema.createTable('shape', (t: any) => t.increments()) }
     export async function down() {}`,
  )
  const db = await open(t)
  await migrate(db, migrationSourceOf(source))
  await migrate(db, migrationSourceOf(source))
  assert.ok((await appliedMigrations(db)).includes('9998-shape.breaking'))
  assert.ok(await db.schema.hasTable('shape'))
})

test('many processes may start at once on a new database', { skip: testEngine === 'sqlite' }, async () => {
  const opened = await Promise.all(Array.from({ length: 6 }, () => openDatabase(config)))
  const applied = await appliedMigrations(opened[0] as Db)
  assert.equal(new Set(applied).size, applied.length)
  for (const db of opened) await db.destroy()
})

test('a lock that a killed process left in the database holds nobody up', async (t) => {
  const db = await open(t)
  await db('knex_migrations_lock').update({ is_locked: 1 })
  await db('knex_migrations').where('name', 'like', '0002%').delete()
  await db.schema.dropTable('keypairs')
  await (await openDatabase(config)).destroy()
  assert.ok(await db.schema.hasTable('keypairs'))
})

test('a process that is killed in the middle leaves the schema that was, and the next one goes on', async (t) => {
  await writeFile(
    join(newer, '9999-slow.ts'),
    `export async function up(db: any) {
       await db.schema.createTable('half', (t: any) => t.increments())
       console.log('half way')
       if (process.env['POLYVISOR_TEST_HANG'] === '1') await new Promise(() => setInterval(() => {}, 1_000))
       await db.schema.createTable('whole', (t: any) => t.increments())
     }
     export async function down() {}`,
  )
  const args = ['--disable-warning=ExperimentalWarning', child, JSON.stringify(config), newer]
  const doomed = spawn(process.execPath, args, {
    env: { ...process.env, POLYVISOR_TEST_HANG: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(doomed.stdout, 'data')
  doomed.kill('SIGKILL')
  await once(doomed, 'exit')
  const db = await open(t)
  assert.ok(!(await db.schema.hasTable('half')), 'nothing of the killed one is there')
  await migrate(db, migrationSourceOf(newer))
  assert.ok(await db.schema.hasTable('whole'))
})

test('steps that stood in a table of their own stand with their operations, in their order', async (t) => {
  const db = await open(t)
  const name = '0007-one-row-per-operation.breaking'
  await db.migrate.down({ migrationSource, name } as never)
  const common = {
    kind: 'k',
    status: 'failed',
    project_id: 'p',
    user_id: 'u',
    request_id: 'r',
    input: '{}',
    state: '{}',
  }
  for (const id of ['one', 'two', 'three'])
    await db('operations').insert({ id, ...common, created_at: 1, updated_at: 1 })
  const step = (operation: string, attempt: number, name: string, startedAt: number, output: string | null) => ({
    operation_id: operation,
    attempt,
    step: name,
    status: 'done',
    output,
    started_at: startedAt,
    finished_at: startedAt + 1,
  })
  await db('operation_steps').insert([
    step('two', 2, 'claim', 50, null),
    step('two', 1, 'start', 30, '{"a":1}'),
    step('two', 1, 'claim', 20, null),
    step('one', 1, 'claim', 1_700_000_000_000, null),
  ])
  await migrate(db)
  assert.deepEqual((await findOperation(db, 'two' as OperationId))?.steps, [
    { attempt: 1, step: 'claim', status: 'done', output: null, error: null, startedAtMs: 20, finishedAtMs: 21 },
    { attempt: 1, step: 'start', status: 'done', output: { a: 1 }, error: null, startedAtMs: 30, finishedAtMs: 31 },
    { attempt: 2, step: 'claim', status: 'done', output: null, error: null, startedAtMs: 50, finishedAtMs: 51 },
  ])
  assert.equal((await findOperation(db, 'one' as OperationId))?.steps[0]?.startedAtMs, 1_700_000_000_000)
  assert.deepEqual((await findOperation(db, 'three' as OperationId))?.steps, [])
})

test('text is ordered by bytes, also in tables that come later', async (t) => {
  const db = await open(t)
  for (const name of ['b', 'B', 'a', 'ä', 'A', '_', 'Z']) await db('domains').insert({ id: crypto.randomUUID(), name })
  const rows = (await db('domains').orderBy('name').select('name')) as { name: string }[]
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['A', 'B', 'Z', '_', 'a', 'b', 'ä'],
  )
})
