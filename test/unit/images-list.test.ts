import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { openFilesystemStore } from '../../src/images/filesystem-store.ts'
import type { ImageListRequest, NewImage } from '../../src/images/image-requests.ts'
import { ImageService } from '../../src/images/image-service.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import type { ProjectId } from '../../src/model/ids.ts'
import { openTestDatabase } from '../support/test-database.ts'
import type { Db } from '../../src/store/database.ts'
import { imageSortKeys } from '../../src/store/images.ts'
import { silentLogger } from '../../src/util/logger.ts'

const ann = { projectId: 'a'.repeat(32) as ProjectId, isAdmin: false }
const bob = { projectId: 'b'.repeat(32) as ProjectId, isAdmin: false }
const admin = { projectId: 'c'.repeat(32) as ProjectId, isAdmin: true }
let db: Db
let folder: string
let images: ImageService
let nowMs = 1_000

before(async () => {
  db = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'polyvisor-images-'))
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs }
  images = new ImageService({ db, store: await openFilesystemStore({ folder }), logger: silentLogger, clock })
  const own = { name: 'a-private', visibility: 'private', diskFormat: 'raw', tags: ['Red', 'a"b'] } as const
  const { id } = await images.create({ ...own, containerFormat: 'bare', minDiskGb: 3, minMemoryMb: 64 }, ann)
  await images.upload(id, { body: Readable.from([Buffer.alloc(1_024)]) }, ann)
  await images.create({ name: 'a-shared', properties: { os: 'linux', note: '"os":"bsd"' }, tags: ['red', '50%'] }, ann)
  nowMs += 1
  await images.create({ name: 'b-private', visibility: 'private' }, bob)
  await images.create({ name: 'b-community', visibility: 'community', diskFormat: 'vhd' }, bob)
  nowMs += 1
  await images.create({ name: 'public', visibility: 'public', isProtected: true }, admin)
  await images.create({ name: null, visibility: 'public', isHidden: true }, admin)
})
after(async () => {
  await db.destroy()
  await rm(folder, { recursive: true })
})

async function names(filter: ImageListRequest['filter'], caller = ann): Promise<(string | null)[]> {
  const { images: found } = await images.list({ filter, sort: [{ key: 'name', descending: false }] }, caller)
  return found.map(({ name }) => name)
}

test('a project lists its own and public images; others’ community images only when asked for', async () => {
  assert.deepEqual(await names({ isHidden: false }), ['a-private', 'a-shared', 'public'])
  assert.deepEqual(await names({ visibility: 'community' }), ['b-community'])
  assert.deepEqual(await names({ visibility: 'all', isHidden: false }), [
    'a-private',
    'a-shared',
    'b-community',
    'public',
  ])
  assert.deepEqual(await names({ visibility: 'private' }), ['a-private'])
  assert.deepEqual(await names({ isHidden: true }), [null])
  assert.equal((await names({}, admin)).length, 6)
})

test('filters are exact', async () => {
  const filters: [ImageListRequest['filter'], string[]][] = [
    [{ names: ['a-private'] }, ['a-private']],
    [{ names: ['a'] }, []],
    [{ diskFormats: ['raw', 'vhd'] }, ['a-private']],
    [{ tags: ['Red'] }, ['a-private']],
    [{ tags: ['red', '50%'] }, ['a-shared']],
    [{ tags: ['a"b'] }, ['a-private']],
    [{ tags: ['%'] }, []],
    [{ properties: { os: 'linux' } }, ['a-shared']],
    [{ properties: { os: 'bsd' } }, []],
    [{ isProtected: true }, ['public']],
    [{ statuses: ['active'] }, ['a-private']],
    [{ ownerProjectId: admin.projectId, isHidden: false }, ['public']],
    [{ minSizeBytes: 1_025 }, []],
    [{ sizeBytes: 1_024 }, ['a-private']],
    [{ sizeBytes: 1_023 }, []],
    [{ minDiskGb: 3 }, ['a-private']],
    [{ minDiskGb: 2 }, []],
    [{ minMemoryMb: 64 }, ['a-private']],
    [{ md5: '0f343b0931126a20f133d67c2b018a3b' }, ['a-private']],
    [{ md5: '0f343b0931126a20f133d67c2b018a3c' }, []],
    [{ sha512: 'a' }, []],
  ]
  for (const [filter, expected] of filters) assert.deepEqual(await names(filter), expected, JSON.stringify(filter))
})

test('an unknown or foreign marker is refused', async () => {
  const [foreign] = (await images.list({ filter: { names: ['b-private'] }, sort: [] }, bob)).images
  for (const marker of [foreign?.id ?? '', 'nonsense']) {
    await assert.rejects(
      images.list({ filter: {}, sort: [], marker }, ann),
      (error) => error instanceof PolyvisorError && error.code === 'invalid-marker',
    )
  }
})

test('pages of any size in any order show every image once, in the order of the whole', async () => {
  const create = (name: string | null, diskFormat: NewImage['diskFormat']) =>
    images.create({ name, diskFormat: diskFormat ?? null }, bob)
  for (let i = 0; i < 12; i += 1) {
    if (i % 3 === 0) nowMs += 1
    await create(i % 4 === 0 ? null : `n${i % 5}`, i % 2 === 0 ? 'raw' : null)
  }
  const sortKey = fc.record({ key: fc.constantFrom(...imageSortKeys), descending: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(sortKey, { maxLength: 3 }), fc.integer({ min: 1, max: 7 }), async (sort, limit) => {
      const whole = (await images.list({ filter: {}, sort, limit: 1_000 }, bob)).images.map(({ id }) => id)
      const paged: string[] = []
      for (;;) {
        const marker = paged.at(-1)
        const page = await images.list({ filter: {}, sort, limit, ...(marker === undefined ? {} : { marker }) }, bob)
        paged.push(...page.images.map(({ id }) => id))
        if (!page.hasMore) break
      }
      assert.deepEqual(paged, whole)
    }),
    { numRuns: 40 },
  )
})
