/** Uploads of one image that do not know of each other: given up and alive, paused at the worst moment. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterEach, beforeEach, test } from 'node:test'
import { openFilesystemStore } from '../../src/images/filesystem-store.ts'
import { ImageService } from '../../src/images/image-service.ts'
import type { NewImage } from '../../src/images/image-requests.ts'
import type { ImageStore } from '../../src/images/image-store.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import type { ImageId, ProjectId } from '../../src/model/ids.ts'
import type { Db } from '../../src/store/database.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { openTestDatabase } from '../support/test-database.ts'

const ann = { projectId: 'a'.repeat(32) as ProjectId, isAdmin: false }
const raw: NewImage = { name: 'disk', containerFormat: 'bare', diskFormat: 'raw' }
const id = '0f0e0d0c-0b0a-4908-8706-050403020100' as ImageId
const coded = (code: string) => (error: unknown) => error instanceof PolyvisorError && error.code === code
const bytes = (letter: string): Buffer => Buffer.alloc(512, letter)
const wanted = async (): Promise<void> => undefined

let db: Db
let folder: string
let store: ImageStore

beforeEach(async () => {
  db = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'polyvisor-races-'))
  store = await openFilesystemStore({ folder, reserveBytes: 0 })
})
afterEach(async () => {
  await db.destroy()
  await rm(folder, { recursive: true })
})

/** An API of its own on the same images. */
const api = (own: ImageStore = store): ImageService => new ImageService({ db, store: own, logger: silentLogger })
const upload = (images: ImageService, letter: string) =>
  images.upload(id, { body: Readable.from([bytes(letter)]) }, ann)
const letterThere = async (): Promise<string> => (await readFile(join(folder, id), 'utf8')).slice(0, 1)
const nothingComing = async (): Promise<void> => assert.deepEqual(await readdir(join(folder, 'incoming')), [])

/** As after an outage of the database: nobody could renew for a minute, and another API's sweep is the first to come. */
async function giveUp(): Promise<void> {
  await db('images')
    .where({ id })
    .update({ upload_seen_at: Date.now() - 60_000 })
  assert.equal((await api().sweep(false)).requeued, 1)
  assert.equal((await api().get(id, ann)).status, 'queued')
}

async function beginSlowly(images: ImageService): Promise<{ body: PassThrough; ended: Promise<void> }> {
  await images.create({ ...raw, id }, ann)
  const body = new PassThrough()
  body.write(bytes('a'))
  const ended = images.upload(id, { body }, ann)
  ended.catch(() => undefined)
  await waitUntil('the upload to begin', async () =>
    (await readdir(join(folder, 'incoming'))).length === 1 ? true : undefined,
  )
  return { body, ended }
}

test('an upload that another API gave up takes its image again at the next renewal', async () => {
  const images = api()
  const { body, ended } = await beginSlowly(images)
  await giveUp()
  await images.uploads.renewal.renew()
  const { status, fault } = await images.get(id, ann)
  assert.deepEqual([status, fault], ['saving', null])
  await assert.rejects(upload(api(), 'b'), coded('image-not-queued'))
  body.end()
  await ended
  assert.deepEqual([(await images.get(id, ann)).status, await letterThere()], ['active', 'a'])
})

test('it takes it again also with its last byte, before any renewal', async () => {
  const images = api()
  const { body, ended } = await beginSlowly(images)
  await giveUp()
  body.end()
  await ended
  assert.equal((await images.get(id, ann)).status, 'active')
})

test('it does not when somebody else has begun', async () => {
  const images = api()
  const { body, ended } = await beginSlowly(images)
  await giveUp()
  await upload(api(), 'b')
  await images.uploads.renewal.renew()
  await assert.rejects(ended, coded('image-deleted'))
  body.end()
  assert.equal(await letterThere(), 'b')
  await nothingComing()
})

test('nor when it was given another format meanwhile', async () => {
  const images = api()
  const { body, ended } = await beginSlowly(images)
  await giveUp()
  await db('images').where({ id }).update({ disk_format: 'qcow2' })
  body.end()
  await assert.rejects(ended, coded('image-deleted'))
  assert.equal((await images.get(id, ann)).status, 'queued')
})

test('one renewal keeps all that this process receives', async () => {
  const images = api()
  const others = await Promise.all([1, 2, 3].map(() => images.create(raw, ann)))
  const bodies = others.map(() => new PassThrough())
  const ended = others.map((image, i) => images.upload(image.id, { body: bodies[i] ?? new PassThrough() }, ann))
  await waitUntil('the uploads to begin', async () =>
    (await db('images').where({ status: 'saving' })).length === 3 ? true : undefined,
  )
  await db('images').update({ upload_seen_at: 1 })
  let statements = 0
  db.on('query', () => (statements += 1))
  await images.uploads.renewal.renew()
  assert.equal(statements, 2)
  assert.ok((await db('images').pluck<number[]>('upload_seen_at')).every((seen) => Number(seen) > 1))
  for (const body of bodies) body.end(bytes('x'))
  await Promise.all(ended)
})

for (const [moment, title] of [
  ['before', 'an upload that was paused before its file appears replaces nobody else’s'],
  ['after', 'one that was paused after its file appeared takes nobody else’s away'],
] as const) {
  test(title, async () => {
    const paused = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const pause = (): Promise<void> => {
      reached.resolve()
      return paused.promise
    }
    const slow: ImageStore = {
      ...store,
      async begin(imageId) {
        const incoming = await store.begin(imageId)
        const commit = async (confirm: () => Promise<void>): Promise<void> => {
          await incoming.commit(async () => {
            await confirm()
            if (moment === 'before') await pause()
          })
          if (moment === 'after') await pause()
        }
        return { ...incoming, commit }
      },
    }
    const images = api(slow)
    await images.create({ ...raw, id }, ann)
    const late = upload(images, 'a')
    await reached.promise
    await giveUp()
    await upload(api(), 'b')
    paused.resolve()
    await assert.rejects(late, coded('image-deleted'))
    assert.deepEqual([(await images.get(id, ann)).status, await letterThere()], ['active', 'b'])
    await nothingComing()
  })
}

test('the store: what a crash left is replaced, what came since the question stays, even where it left something', async () => {
  const incoming = async (letter: string) => {
    const made = await store.begin(id)
    await made.write(bytes(letter))
    return made
  }
  await writeFile(join(folder, id), 'left by a crash')
  const first = await incoming('1')
  await first.commit(wanted)
  assert.equal(await letterThere(), '1')
  const [second, third] = [await incoming('2'), await incoming('3')]
  // The third replaces the first's file while the second is asked about it.
  await assert.rejects(
    second.commit(() => third.commit(wanted)),
    { code: 'EEXIST' },
  )
  await second.abort()
  assert.equal(await letterThere(), '3')
  await first.abort()
  assert.equal(await letterThere(), '3')
  await third.abort()
  assert.deepEqual(await readdir(folder), ['incoming'])
  const unwanted = await incoming('4')
  await assert.rejects(
    unwanted.commit(() => Promise.reject(new Error('given up'))),
    /given up/,
  )
  await unwanted.abort()
  await nothingComing()
})
