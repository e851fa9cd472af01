/** The parts that disks are put together from, each alone: what they let through, and whether they let go of what is under them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fork, throttle } from '../../src/disk/index.ts'
import type { DiskExtent } from '../../src/disk/index.ts'
import { readAhead } from '../../src/disk/algebra/read-ahead.ts'
import { reblock } from '../../src/disk/algebra/reblock.ts'
import type { DiskRange, DiskReader } from '../../src/disk/disk.ts'
import { openAnyDisk } from '../../src/disk/open-any-disk.ts'
import { content } from './disk-content.ts'

const mib = 1024 ** 2

/** Extents of a MiB, and what became of them. */
function watchedExtents(count: number): {
  readonly extents: AsyncGenerator<DiskExtent, void, undefined>
  readonly seen: { given: number; released: number; isClosed: boolean }
} {
  const seen = { given: 0, released: 0, isClosed: false }
  async function* make(): AsyncGenerator<DiskExtent, void, undefined> {
    try {
      for (; seen.given < count; seen.given++) {
        const data = Buffer.alloc(mib, seen.given)
        yield { kind: 'data', offset: seen.given * mib, length: mib, data, release: () => void seen.released++ }
      }
    } finally {
      seen.isClosed = true
    }
  }
  return { extents: make(), seen }
}

async function offsetsOf(extents: AsyncIterable<DiskExtent>, max = Number.POSITIVE_INFINITY): Promise<number[]> {
  const offsets: number[] = []
  for await (const extent of extents) {
    offsets.push(extent.offset)
    if (extent.kind === 'data') extent.release()
    if (offsets.length === max) break
  }
  return offsets
}

test('fork: every consumer gets every extent, and a buffer goes back when the last one has given it back', async () => {
  const { extents, seen } = watchedExtents(5)
  const all = await Promise.all(fork(extents, 3).map((branch) => offsetsOf(branch)))
  const whole = [0, 1, 2, 3, 4].map((index) => index * mib)
  assert.deepEqual(all, [whole, whole, whole])
  assert.equal(seen.released, 5)
  assert.ok(seen.isClosed)
})

test('fork: who leaves early holds nobody up, and the source ends with the last consumer', async () => {
  const { extents, seen } = watchedExtents(1000)
  const [first, second] = fork(extents, 2)
  assert.ok(first !== undefined && second !== undefined)
  const [short, long] = await Promise.all([offsetsOf(first, 2), offsetsOf(second, 6)])
  assert.deepEqual([short.length, long.length], [2, 6])
  assert.ok(seen.isClosed)
  assert.ok(seen.given < 10, `${seen.given} were read`)
})

test('fork: an error of the source reaches every consumer', async () => {
  async function* failing(): AsyncGenerator<DiskExtent, void, undefined> {
    throw new Error('the cable came loose')
  }
  const results = await Promise.allSettled(fork(failing(), 2).map((branch) => offsetsOf(branch)))
  for (const result of results) assert.match(String(result.status === 'rejected' && result.reason), /cable/)
})

test('throttle: data waits until its share of time has come, what is empty does not', async () => {
  let nowMs = 5000
  const waits: number[] = []
  const clock = {
    nowMs: () => nowMs,
    async wait(ms: number) {
      waits.push(ms)
      nowMs += ms
    },
  }
  async function* mixed(): AsyncGenerator<DiskExtent, void, undefined> {
    yield* watchedExtents(2).extents
    yield { kind: 'zero', offset: 2 * mib, length: 1024 * mib }
    yield* watchedExtents(1).extents
  }
  assert.equal((await offsetsOf(throttle(mixed(), mib, clock))).length, 4)
  // Two extents of a second each came before the last; the empty one added nothing.
  assert.deepEqual(waits, [1000, 1000])
})

test('throttle: who leaves early closes the source', async () => {
  const { extents, seen } = watchedExtents(10)
  const clock = { nowMs: () => 0, wait: async () => undefined }
  assert.equal((await offsetsOf(throttle(extents, mib, clock), 2)).length, 2)
  assert.ok(seen.isClosed)
})

test('read-ahead: who leaves early waits for the reads that are under way, and no more begin', async () => {
  let running = 0
  let reads = 0
  let isIndexClosed = false
  const reader: Pick<DiskReader, 'virtualSizeBytes' | 'blockSizeBytes' | 'ranges' | 'readInto'> = {
    virtualSizeBytes: 64 * mib,
    blockSizeBytes: 512,
    async *ranges(): AsyncGenerator<DiskRange, void, undefined> {
      try {
        yield { kind: 'data', offset: 0, length: 64 * mib }
      } finally {
        isIndexClosed = true
      }
    },
    async readInto() {
      running++
      reads++
      await new Promise((resolve) => setImmediate(resolve))
      running--
    },
  }
  assert.equal((await offsetsOf(readAhead(reader), 1)).length, 1)
  assert.equal(running, 0)
  assert.ok(isIndexClosed)
  assert.ok(reads < 8, `${reads} reads`)
})

test('a stream is closed when its consumer leaves early', async () => {
  let isClosed = false
  async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) yield content
    } finally {
      isClosed = true
    }
  }
  const disk = await openAnyDisk({ source: endless(), format: 'raw' })
  assert.equal((await offsetsOf(disk.extents(), 3)).length, 3)
  assert.ok(isClosed)
})

test('reblock: borders move outwards, a block that touches data is data, neighbours are joined', async () => {
  async function* ranges(): AsyncGenerator<DiskRange, void, undefined> {
    yield { kind: 'absent', offset: 0, length: 5000 }
    yield { kind: 'data', offset: 5000, length: 10 }
    yield { kind: 'zero', offset: 5010, length: 4000 }
    yield { kind: 'absent', offset: 9010, length: 990 }
  }
  const blocks: DiskRange[] = []
  for await (const range of reblock(ranges(), 4096, 10_000)) blocks.push(range)
  assert.deepEqual(blocks, [
    { kind: 'absent', offset: 0, length: 4096 },
    { kind: 'data', offset: 4096, length: 4096 },
    { kind: 'zero', offset: 8192, length: 1808 },
  ])
})
