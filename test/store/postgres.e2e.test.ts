/** What only a PostgreSQL can do to us: not be there, refuse, restart, end a transaction for another's sake. */
// One database is enough: it starts its own PostgreSQL.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import type { Knex } from 'knex'
import type { PolyvisorError } from '../../src/model/errors.ts'
import { inTransaction, openDatabase, type Db, type PostgresConfig } from '../../src/store/database.ts'
import { isDatabaseUnavailable } from '../../src/store/database-errors.ts'
import { isUniqueViolation } from '../../src/store/unique-violation.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { postgresMissing, PostgresServer } from '../support/postgres-server.ts'

const run = promisify(execFile)
const missing = postgresMissing()
const skip = missing === undefined ? {} : { skip: missing }

let server: PostgresServer
let folder: string
before(async () => {
  if (missing !== undefined) return
  folder = await mkdtemp(join(tmpdir(), 'polyvisor-postgres-test-'))
  const key = join(folder, 'key.pem')
  const cert = join(folder, 'cert.pem')
  const names = 'subjectAltName=DNS:localhost'
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    names,
    '-keyout',
    key,
    '-out',
    cert,
  ])
  server = await PostgresServer.start({
    fsync: true,
    tls: { key, cert },
    hba: `hostssl all secret 127.0.0.1/32 scram-sha-256
host all secret 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
`,
  })
  const db = await openDatabase(configOf())
  await db.raw(`create role secret login superuser password 'a word/with#signs'`)
  await db.raw(`create table notes (id integer primary key, text varchar(255))`)
  await db.destroy()
})
after(async () => {
  if (missing !== undefined) return
  await server.stop()
  await rm(folder, { recursive: true })
})

function configOf(changes: Partial<PostgresConfig> = {}): PostgresConfig {
  return { engine: 'postgres', url: server.url(), ...changes }
}

async function open(t: { after(work: () => Promise<void>): void }, changes: Partial<PostgresConfig> = {}): Promise<Db> {
  const db = await openDatabase(configOf(changes))
  t.after(() => db.destroy())
  return db
}

function refuses(changes: Partial<PostgresConfig>, words: RegExp): Promise<void> {
  return assert.rejects(openDatabase(configOf({ patienceMs: 0, ...changes })), (error: PolyvisorError) => {
    assert.match(error.message, words)
    assert.doesNotMatch(error.message, /wrong-word/)
    return true
  })
}

test('what is wrong with the address is said, without the password', skip, async () => {
  const at = `127.0.0.1:${server.port}`
  await refuses({ url: 'mysql://a:wrong-word@h/d' }, /must begin with postgres:/)
  await refuses({ url: 'postgres://a:wrong-word@h' }, /names no database/)
  await refuses({ url: `postgres://polyvisor@${at}/nowhere` }, /has no database nowhere.*createdb/)
  await refuses({ url: `postgres://secret:wrong-word@${at}/postgres` }, /refused the password of secret/)
  await refuses({ url: `postgres://secret@${at}/postgres` }, /refused the password of secret/)
  await refuses({ url: `postgres://a:wrong-word@${at}/postgres?sslmode=prefer` }, /sslmode=prefer; use verify-full/)
  await refuses({ url: `postgres://a@${at}/postgres?ssl=true` }, /has ssl; known are/)
  await refuses({ url: 'postgres://a:wrong-word@127.0.0.1:1/d' }, /127\.0\.0\.1:1 did not answer within 0 s/)
})

test('a password comes from the address or from a file, and may change under a running service', skip, async (t) => {
  const word = encodeURIComponent('a word/with#signs')
  await (await openDatabase(configOf({ url: `postgres://secret:${word}@127.0.0.1:${server.port}/postgres` }))).destroy()
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, 'a word/with#signs\n')
  const url = `postgres://secret@127.0.0.1:${server.port}/postgres`
  const db = await open(t, { url, passwordFile, poolSize: 1 })
  await db.raw(`alter role secret password 'next'`)
  await writeFile(passwordFile, 'next')
  await assert.rejects(Promise.resolve(db.raw('select pg_terminate_backend(pg_backend_pid())')), isDatabaseUnavailable)
  await waitUntil('a new connection', () =>
    db.raw('select 1').then(
      () => true,
      () => undefined,
    ),
  )
  await db.raw(`alter role secret password 'a word/with#signs'`)
  await refuses({ url, passwordFile: join(folder, 'no-such-file') }, /no-such-file/)
})

test('TLS is verified whenever it is used', skip, async (t) => {
  const named = `postgres://polyvisor@localhost:${server.port}/postgres`
  const tls = { caFile: join(folder, 'cert.pem') }
  const db = await open(t, { url: `${named}?sslmode=verify-full`, tls })
  const { rows } = (await db.raw('select ssl from pg_stat_ssl where pid = pg_backend_pid()')) as {
    rows: { ssl: boolean }[]
  }
  assert.equal(rows[0]?.ssl, true)
  await refuses({ url: `${named}?sslmode=require` }, /certificate that is not trusted/)
  await refuses({ url: `${server.url()}?sslmode=verify-full`, tls }, /certificate that is not trusted/)
  await (await openDatabase(configOf({ url: `${server.url()}?sslmode=verify-ca`, tls }))).destroy()
})

test('a server that is not up yet is waited for, and the log says so', skip, async (t) => {
  await server.down()
  const words: string[] = []
  const log = { ...silentLogger, warn: (_fields: object, message: string) => void words.push(message) }
  const opening = openDatabase(configOf(), log)
  t.after(async () => (await opening).destroy())
  await waitUntil('a word of it', () => (words.length > 0 ? true : undefined))
  await server.up()
  await opening
  assert.match(words[0] ?? '', /does not answer yet/)
})

test('a restart breaks what is under way with one known error, and the pool goes on', skip, async (t) => {
  const db = await open(t, { poolSize: 3 })
  const long = Promise.allSettled([
    db.raw('select pg_sleep(60)'),
    inTransaction(db, async (trx) => trx.raw('select pg_sleep(60)')),
  ])
  await waitUntil('both to be under way', async () => {
    const { rows } = (await db.raw(`select 1 from pg_stat_activity where query like 'select pg_sleep%'`)) as {
      rows: unknown[]
    }
    return rows.length === 2 ? true : undefined
  })
  await server.restart('immediate')
  for (const result of await long) {
    assert.equal(result.status, 'rejected')
    assert.ok(isDatabaseUnavailable(result.reason), String(result.reason))
  }
  await db.raw('select 1')
  await inTransaction(db, async (trx) => trx('notes').insert({ id: 1 }))
})

test('two transactions that wait for each other both end well', skip, async (t) => {
  const db = await open(t)
  await db('notes').insert([{ id: 10 }, { id: 11 }])
  const meet = Promise.withResolvers<void>()
  let arrived = 0
  const lock = (first: number, second: number): Promise<void> =>
    inTransaction(db, async (trx) => {
      await trx('notes')
        .where({ id: first })
        .update({ text: String(first) })
      if ((arrived += 1) === 2) meet.resolve()
      await meet.promise
      await trx('notes')
        .where({ id: second })
        .update({ text: String(first) })
    })
  await Promise.all([lock(10, 11), lock(11, 10)])
  assert.ok(arrived > 2, 'one of them was begun again')
})

test('a transaction that caught an error of its own does not pretend to have ended well', skip, async (t) => {
  const db = await open(t)
  await db('notes').insert({ id: 20 })
  const work = inTransaction(db, async (trx) => {
    await trx('notes').insert({ id: 21 })
    await trx('notes')
      .insert({ id: 20 })
      .catch((error: unknown) => assert.ok(isUniqueViolation(error)))
  })
  await assert.rejects(work, /rolled the transaction back/)
  assert.equal((await db('notes').where({ id: 21 })).length, 0)
})

test('statements that do not wait for each other are done in order, all of them or none', skip, async (t) => {
  const db = await openDatabase(configOf())
  t.after(() => db.destroy())
  const mine = (): Knex.QueryBuilder<object, object[]> => db('notes').where('id', '>', 100)
  const together = (texts: readonly (readonly [number, string])[]): Promise<unknown> =>
    inTransaction(db, (trx) =>
      Promise.all(texts.map(([id, text]) => trx('notes').insert({ id, text }).onConflict('id').merge())),
    )
  for (let round = 0; round < 3; round += 1) {
    await together([
      [101, 'first'],
      [102, 'a'],
      [101, 'last'],
    ])
    assert.deepEqual(await mine().orderBy('id').select('text'), [{ text: 'last' }, { text: 'a' }])
    const broken = together([
      [101, 'never'],
      [103, 'x'.repeat(256)],
      [102, 'never'],
    ])
    await assert.rejects(broken, /too long/)
    assert.equal((await mine().where({ text: 'never' })).length, 0)
  }
  await mine().delete()
})

test('a column that comes under a running process troubles none of its statements', skip, async (t) => {
  const db = await open(t, { poolSize: 1 })
  const read = () => db('notes').where('id', '>', 0).limit(100)
  const readInside = () => inTransaction(db, async (trx) => trx('notes').where('id', '>', 0).limit(100))
  for (let times = 0; times < 3; times += 1) await read()
  await db.raw('alter table notes add column first_more integer')
  await read()
  await db.raw('alter table notes add column second_more integer')
  const rows = (await readInside()) as object[]
  assert.ok('second_more' in (rows[0] ?? {}))
})

test('numbers are numbers, and durability is what was asked for', skip, async (t) => {
  for (const [durability, wanted] of [
    ['full', 'on'],
    ['normal', 'off'],
  ] as const) {
    const db = await open(t, { durability })
    const { rows } = (await db.raw(
      `select count(*) as n, sum(2::bigint) as s, 1.5::float8 as f, current_setting('synchronous_commit') as c`,
    )) as { rows: object[] }
    assert.deepEqual({ ...rows[0] }, { n: 1, s: 2, f: 1.5, c: wanted })
  }
})
