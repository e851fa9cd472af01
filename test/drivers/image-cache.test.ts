import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import { ImageCache } from '../../drivers/local/image-cache.ts'
import type { FetchOptions } from '../../drivers/local/image-cache.ts'
import { DriverError } from '../../src/driver/index.ts'
import type { ImageRef, OpenedImage } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

function refOf(bytes: Buffer, more: Partial<ImageRef> = {}): ImageRef {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { imageId: 'i', format: 'raw', sha256, sizeBytes: bytes.length, virtualSizeBytes: bytes.length, ...more }
}

function optionsFor(
  open: () => OpenedImage | Promise<OpenedImage>,
  signal = new AbortController().signal,
): FetchOptions {
  return { source: { open: async () => await open() }, signal, onProgress: () => undefined }
}

const streamOf = (...chunks: Buffer[]): OpenedImage => ({ via: 'stream', stream: Readable.from(chunks) })
const hasCode = (code: string) => (error: unknown) =>
  error instanceof DriverError && error.code === code && error.effect === 'none'

describe('the image cache', () => {
  let dir: string
  let cache: ImageCache
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pv-cache-'))
    cache = await ImageCache.open(join(dir, 'cache'))
  })
  after(() => rm(dir, { recursive: true }))

  const files = (): Promise<string[]> => readdir(join(dir, 'cache'))

  test('keeps what it fetched, byte by byte, zeros included, and does not fetch twice', async () => {
    const bytes = Buffer.concat([Buffer.alloc(300_000), randomBytes(500_000), Buffer.alloc(300_000)])
    const source = join(dir, 'source')
    await writeFile(source, bytes)
    let opened = 0
    const progress: number[] = []
    const options = optionsFor(() => (opened++, { via: 'local-path', path: source }))
    const path = await cache.fetch(refOf(bytes), { ...options, onProgress: (done) => progress.push(done) })
    assert.ok((await readFile(path)).equals(bytes))
    assert.equal((await stat(path)).mode & 0o777, 0o444)
    assert.equal(progress.at(-1), bytes.length)
    assert.equal(await cache.fetch(refOf(bytes), options), path)
    assert.equal(opened, 1)
  })

  test('refuses other bytes than promised and keeps none of them', async () => {
    const bytes = randomBytes(1000)
    const was = await files()
    const wrong = refOf(bytes, { sha256: 'f'.repeat(64) })
    await assert.rejects(
      cache.fetch(
        wrong,
        optionsFor(() => streamOf(bytes)),
      ),
      hasCode('IMAGE_BAD'),
    )
    const short = refOf(bytes, { sizeBytes: 1001 })
    await assert.rejects(
      cache.fetch(
        short,
        optionsFor(() => streamOf(bytes)),
      ),
      hasCode('IMAGE_BAD'),
    )
    const long = refOf(bytes, { sizeBytes: 999 })
    await assert.rejects(
      cache.fetch(
        long,
        optionsFor(() => streamOf(bytes)),
      ),
      hasCode('IMAGE_BAD'),
    )
    const gone = optionsFor(() => ({ via: 'local-path', path: join(dir, 'nothing') }))
    await assert.rejects(cache.fetch(refOf(bytes), gone), hasCode('IMAGE_BAD'))
    assert.deepEqual(await files(), was)
  })

  test('shares one copy among all who want it, and goes on while one of them does', async () => {
    const bytes = randomBytes(100_000)
    const stream = new PassThrough()
    let opened = 0
    const open = (): OpenedImage => (opened++, { via: 'stream', stream })
    const leaves = new AbortController()
    const first = cache.fetch(refOf(bytes), optionsFor(open, leaves.signal))
    const second = cache.fetch(refOf(bytes), optionsFor(open))
    await waitUntil('the copy to begin', () => (opened > 0 ? true : undefined))
    stream.write(bytes.subarray(0, 1000))
    leaves.abort()
    await assert.rejects(first, hasCode('CANCELLED'))
    stream.end(bytes.subarray(1000))
    assert.ok((await readFile(await second)).equals(bytes))
    assert.equal(opened, 1)
  })

  test('stops when nobody wants it any more, leaves nothing, and starts anew for the next', async () => {
    const bytes = randomBytes(100_000)
    const was = await files()
    const stop = new AbortController()
    const fetching = cache.fetch(
      refOf(bytes),
      optionsFor(() => ({ via: 'stream', stream: new PassThrough() }), stop.signal),
    )
    setImmediate(() => stop.abort())
    await assert.rejects(fetching, hasCode('CANCELLED'))
    assert.deepEqual(await files(), was)
    await cache.fetch(
      refOf(bytes),
      optionsFor(() => streamOf(bytes)),
    )
  })

  test('removes at its start what a crash left', async () => {
    const part = join(dir, 'cache', `${'a'.repeat(64)}.raw.1-1.part`)
    await writeFile(part, 'half')
    await ImageCache.open(join(dir, 'cache'))
    assert.ok(!(await files()).some((name) => name.endsWith('.part')))
  })

  test('says STORAGE_FULL when it is, and leaves nothing', async (context) => {
    const small = join(dir, 'small')
    await mkdir(small)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]).status === 0
    if (!mounted) return context.skip('SKIPPED: needs root, to mount a small file system')
    context.after(() => void spawnSync('umount', [small]))
    const full = await ImageCache.open(join(small, 'cache'))
    const bytes = randomBytes(1024 ** 2)
    await assert.rejects(
      full.fetch(
        refOf(bytes),
        optionsFor(() => streamOf(bytes)),
      ),
      hasCode('STORAGE_FULL'),
    )
    assert.deepEqual(await readdir(join(small, 'cache')), [])
  })
})
