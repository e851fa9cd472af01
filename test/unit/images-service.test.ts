import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, test } from 'node:test'
import { openFilesystemStore } from '../../src/images/filesystem-store.ts'
import { ImageService } from '../../src/images/image-service.ts'
import type { ImageServiceOptions } from '../../src/images/image-service.ts'
import type { NewImage } from '../../src/images/image-requests.ts'
import type { ImageStore } from '../../src/images/image-store.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import type { ImageId, ProjectId } from '../../src/model/ids.ts'
import { imageToBoot } from '../../src/operations/boot-request.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { testFlavor } from '../support/world.ts'
import type { Db } from '../../src/store/database.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

const ann = { projectId: 'a'.repeat(32) as ProjectId, isAdmin: false }
const bob = { projectId: 'b'.repeat(32) as ProjectId, isAdmin: false }
const admin = { projectId: 'c'.repeat(32) as ProjectId, isAdmin: true }
let db: Db
let folder: string
let store: ImageStore
let images: ImageService

function serviceWith(options: Partial<ImageServiceOptions> = {}): ImageService {
  return new ImageService({ db, store, logger: silentLogger, ...options })
}

beforeEach(async () => {
  db = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'polyvisor-images-'))
  store = await openFilesystemStore({ folder, reserveBytes: 0 })
  images = serviceWith()
})
afterEach(async () => {
  await db.destroy()
  await rm(folder, { recursive: true })
})

const coded = (code: string) => (error: unknown) => error instanceof PolyvisorError && error.code === code
const raw: NewImage = { name: 'disk', containerFormat: 'bare', diskFormat: 'raw' }
const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex')

async function filesLeft(): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => name !== 'incoming').sort()
}

async function uploaded(data: Buffer, wanted: NewImage = raw, caller = ann): Promise<ImageId> {
  const { id } = await images.create(wanted, caller)
  await images.upload(id, { body: Readable.from([data]), contentLength: data.length }, caller)
  return id
}

async function assertNothingLeft(id: ImageId, fault: RegExp): Promise<void> {
  const image = await images.get(id, ann)
  assert.equal(image.status, 'queued')
  assert.match(image.fault ?? '', fault)
  assert.deepEqual(await filesLeft(), [])
}

test('an upload is kept, hashed and given back byte by byte', async () => {
  const data = randomBytes(3 * 1024 * 1024 + 512)
  const { id } = await images.create(raw, ann)
  const chunks = [data.subarray(0, 7), data.subarray(7, 1_000_000), data.subarray(1_000_000)]
  await images.upload(id, { body: Readable.from(chunks) }, ann)
  const image = await images.get(id, ann)
  assert.equal(image.status, 'active')
  assert.equal(image.sizeBytes, data.length)
  assert.equal(image.virtualSizeBytes, data.length)
  for (const algorithm of ['md5', 'sha256', 'sha512'] as const) {
    assert.equal(image[algorithm], createHash(algorithm).update(data).digest('hex'))
  }
  const stream = await images.download(await images.get(id, ann))
  assert.ok(stream)
  assert.equal(sha256(await buffer(stream)), image.sha256)
  assert.equal(images.localPath(id), join(folder, id))
  assert.equal((await images.getForBoot(id, ann.projectId)).sha256, image.sha256)
  assert.deepEqual(await filesLeft(), [id])
})

test('an image without data has nothing to download or to boot', async () => {
  const { id } = await images.create(raw, ann)
  await assert.rejects(images.getForBoot(id, ann.projectId), coded('image-not-active'))
  await assert.rejects(images.getForBoot(id, bob.projectId), coded('image-not-found'))
})

test('a second upload is refused, also while the first is under way', async () => {
  const { id } = await images.create(raw, ann)
  const body = new PassThrough()
  const first = images.upload(id, { body }, ann)
  await assert.rejects(images.upload(id, { body: Readable.from(['x']) }, ann), coded('image-not-queued'))
  body.end(randomBytes(512))
  await first
  await assert.rejects(images.upload(id, { body: Readable.from(['x']) }, ann), coded('image-not-queued'))
})

test('of many uploads at once exactly one wins, across processes too', async () => {
  const { id } = await images.create(raw, ann)
  const services = [images, serviceWith(), serviceWith()]
  const contents = Array.from({ length: 9 }, () => randomBytes(4_096))
  const results = await Promise.allSettled(
    contents.map((data, i) => (services[i % 3] ?? images).upload(id, { body: Readable.from([data]) }, ann)),
  )
  const winners = results.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []))
  assert.equal(winners.length, 1)
  assert.equal((await images.get(id, ann)).sha256, sha256(contents[winners[0] ?? -1] ?? Buffer.alloc(0)))
  assert.deepEqual(await filesLeft(), [id])
})

test('an upload cut half way leaves the image queued and nothing on disk', async () => {
  const { id } = await images.create(raw, ann)
  const broken = new PassThrough()
  broken.write(randomBytes(70_000))
  const cut = images.upload(id, { body: broken }, ann)
  await waitUntil('the first bytes', async () => ((await filesLeft()).length > 0 ? true : undefined))
  broken.destroy(new Error('socket hang up'))
  await assert.rejects(cut, coded('upload-cut'))
  await assertNothingLeft(id, /before all of its bytes/)
  const short = { body: Readable.from([Buffer.alloc(100)]), contentLength: 200 }
  await assert.rejects(images.upload(id, short, ann), coded('upload-cut'))
  await assertNothingLeft(id, /before all of its bytes/)
  await images.upload(id, { body: Readable.from([randomBytes(512)]) }, ann)
  assert.equal((await images.get(id, ann)).fault, null)
})

test('an uploader that goes silent is given up', async () => {
  const patient = serviceWith({ uploadIdleTimeoutMs: 30 })
  const { id } = await images.create(raw, ann)
  const body = new PassThrough()
  body.write('some bytes')
  await assert.rejects(patient.upload(id, { body }, ann), coded('upload-stalled'))
  await assertNothingLeft(id, /nothing for too long/)
})

test('an image that lies about its format is refused in the inspection’s words', async () => {
  const qcow2 = Buffer.alloc(70_000)
  qcow2.write('QFI\xfb', 'latin1')
  qcow2.writeUInt32BE(3, 4)
  const { id } = await images.create(raw, ann)
  await assert.rejects(images.upload(id, { body: Readable.from([qcow2]) }, ann), coded('image-format-mismatch'))
  await assertNothingLeft(id, /declared as raw/)
  const other = await images.create({ ...raw, diskFormat: 'qcow2' }, ann)
  const empty = () => Readable.from([])
  await assert.rejects(images.upload(other.id, { body: empty() }, ann), coded('image-empty'))
})

test('bytes without any mark are kept as what they are called, and never booted', async () => {
  for (const size of [1_024, 100_000]) {
    const { id } = await images.create({ ...raw, diskFormat: 'qcow2' }, ann)
    const bytes = Buffer.alloc(size, 7)
    await images.upload(id, { body: Readable.from([bytes]) }, ann)
    const image = await images.get(id, ann)
    assert.equal(image.status, 'active')
    assert.equal(image.sizeBytes, size)
    assert.equal(image.virtualSizeBytes, null)
    assert.throws(() => imageToBoot(testFlavor, image), /cannot be booted.*declared as qcow2, but its content is raw/)
  }
})

test('the early look at the first bytes spares the rest of the upload', async () => {
  const { id } = await images.create(raw, ann)
  let sent = 0
  const endless = new Readable({
    read: () => void endless.push(Buffer.alloc(65_536, ((sent += 65_536), 'QFI\xfb'), 'latin1')),
  })
  await assert.rejects(images.upload(id, { body: endless }, ann), coded('image-format-mismatch'))
  assert.ok(sent < 10 * 1024 * 1024)
  assert.equal(endless.destroyed, false)
})

test('a size limit holds for announced and for unannounced sizes', async () => {
  const small = serviceWith({ maxImageBytes: 1_000 })
  const { id } = await images.create(raw, ann)
  const body = () => Readable.from([Buffer.alloc(600), Buffer.alloc(600)])
  await assert.rejects(small.upload(id, { body: body(), contentLength: 1_200 }, ann), coded('image-too-large'))
  await assert.rejects(small.upload(id, { body: body() }, ann), coded('image-too-large'))
  await assertNothingLeft(id, /1000 bytes at most/)
})

test('a full disk is a clear error, and nothing is left', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  let writes = 0
  const failing: ImageStore = {
    ...store,
    async begin(id) {
      const incoming = await store.begin(id)
      return { ...incoming, write: (chunk) => ((writes += 1) === 3 ? Promise.reject(full) : incoming.write(chunk)) }
    },
  }
  const { id } = await images.create(raw, ann)
  const body = () => Readable.from(Array.from({ length: 5 }, () => randomBytes(1_000)))
  await assert.rejects(serviceWith({ store: failing }).upload(id, { body: body() }, ann), coded('image-store-full'))
  await assertNothingLeft(id, /no room/)
  const crowded = await openFilesystemStore({ folder, reserveBytes: 1_000, freeBytes: async () => 999 })
  await assert.rejects(serviceWith({ store: crowded }).upload(id, { body: body() }, ann), coded('image-store-full'))
  await assertNothingLeft(id, /no room/)
})

test('a commit that fails leaves nothing, whichever part of it failed', async () => {
  const failing: ImageStore = {
    ...store,
    async begin(id) {
      const incoming = await store.begin(id)
      return {
        ...incoming,
        commit: async (confirm) => {
          await incoming.commit(confirm)
          throw new Error('EIO')
        },
      }
    },
  }
  const { id } = await images.create(raw, ann)
  const upload = { body: Readable.from([randomBytes(512)]) }
  await assert.rejects(serviceWith({ store: failing }).upload(id, upload, ann), /EIO/)
  await assertNothingLeft(id, /went wrong inside/)
})

test('a delete stops an upload that is under way', async () => {
  const { id } = await images.create(raw, ann)
  const body = new PassThrough()
  body.write(randomBytes(100))
  const upload = images.upload(id, { body }, ann)
  const refused = assert.rejects(upload, coded('image-deleted'))
  await waitUntil('the first bytes', async () => ((await filesLeft()).length > 0 ? true : undefined))
  await images.delete(id, ann)
  await refused
  await assert.rejects(images.get(id, ann), coded('image-not-found'))
  assert.deepEqual(await filesLeft(), [])
  assert.equal((await db('images')).length, 0)
})

test('a download goes on to its end while the image is deleted', async () => {
  const data = randomBytes(2 * 1024 * 1024)
  const id = await uploaded(data)
  const stream = await images.download(await images.get(id, ann))
  await images.delete(id, ann)
  assert.ok(stream)
  assert.equal(sha256(await buffer(stream)), sha256(data))
  await assert.rejects(images.get(id, ann), coded('image-not-found'))
  assert.deepEqual(await filesLeft(), [])
})

test('a file that cannot be removed now goes at the next sweep; the image is gone at once', async () => {
  const id = await uploaded(randomBytes(512))
  const stubborn: ImageStore = { ...store, remove: () => Promise.reject(new Error('EIO')) }
  await serviceWith({ store: stubborn }).delete(id, ann)
  await assert.rejects(images.get(id, ann), coded('image-not-found'))
  await assert.rejects(images.create({ ...raw, id }, ann), coded('image-exists'))
  assert.deepEqual(await filesLeft(), [id])
  assert.deepEqual(await images.sweep(true), { requeued: 0, deleted: 1, filesRemoved: 0 })
  assert.deepEqual(await filesLeft(), [])
  await images.create({ ...raw, id }, ann)
})

test('what a crash left behind is swept, and what is alive stays', async () => {
  const kept = await uploaded(randomBytes(512))
  const crashed = await images.create(raw, ann)
  const orphan = randomUUID()
  await db('images').where({ id: crashed.id }).update({ status: 'saving' })
  await writeFile(join(folder, crashed.id), 'committed, but never called active')
  await writeFile(join(folder, orphan), 'no row')
  await writeFile(join(folder, 'incoming', `${crashed.id}.0123456789ab`), 'half')
  await writeFile(join(folder, 'readme'), 'not ours')
  const alive = await images.create(raw, ann)
  const body = new PassThrough()
  const running = images.upload(alive.id, { body }, ann)
  await waitUntil('the upload to begin', async () =>
    (await readdir(join(folder, 'incoming'))).length === 2 ? true : undefined,
  )
  assert.deepEqual(await images.sweep(true), { requeued: 1, deleted: 0, filesRemoved: 3 })
  assert.match((await images.get(crashed.id, ann)).fault ?? '', /stopped during the upload/)
  body.end(randomBytes(512))
  await running
  assert.deepEqual(await filesLeft(), [kept, alive.id, 'readme'].sort())
  assert.equal((await readFile(join(folder, 'readme'), 'utf8')).length, 8)
})

test('others’ images cannot be seen, or seen but not touched', async () => {
  const seen: Record<string, boolean> = { private: false, shared: false, community: true, public: true }
  for (const [visibility, isSeen] of Object.entries(seen)) {
    const { id } = await images.create({ ...raw, visibility: visibility as 'public' }, admin)
    const code = isSeen ? 'forbidden' : 'image-not-found'
    if (isSeen) await images.get(id, bob)
    else await assert.rejects(images.get(id, bob), coded('image-not-found'))
    await assert.rejects(images.delete(id, bob), coded(code))
    await assert.rejects(images.upload(id, { body: Readable.from(['x']) }, bob), coded(code))
  }
  const { id } = await images.create(raw, bob)
  await images.get(id, admin)
  await images.delete(id, admin)
  await assert.rejects(images.create({ ...raw, visibility: 'public' }, ann), coded('forbidden'))
  await assert.rejects(images.create({ ...raw, ownerProjectId: bob.projectId }, ann), coded('forbidden'))
  await assert.rejects(images.get('../../etc/passwd', admin), coded('image-not-found'))
})

test('a protected image is not deleted', async () => {
  const { id } = await images.create({ ...raw, isProtected: true }, ann)
  await assert.rejects(images.delete(id, ann), coded('forbidden'))
  await images.get(id, ann)
})
