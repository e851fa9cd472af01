// One database is enough: it plays no part in growing a file.
import assert from 'node:assert/strict'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { growQcow2 } from '../../src/disk/formats/qcow2/grow.ts'
import { makeQcow2 } from '../../src/disk/formats/qcow2/overlay.ts'
import { parseQcow2Header } from '../../src/disk/formats/qcow2/structs.ts'

const gib = 1024 ** 3
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polyvisor-grow-'))
})
after(() => rm(folder, { recursive: true }))

async function grown(bytes: Buffer, sizeBytes: number): Promise<Buffer> {
  const path = join(folder, 'disk.qcow2')
  await writeFile(path, bytes)
  const file = await open(path, 'r+')
  try {
    await growQcow2(file, sizeBytes)
    return (await file.readFile({ encoding: null })) as Buffer
  } finally {
    await file.close()
  }
}

test('a grown file is the one that would have been made that large', async () => {
  for (const to of [2 * gib, 700 * gib, 4096 * gib]) {
    const wanted = makeQcow2({ sizeBytes: to })
    assert.deepEqual(await grown(makeQcow2({ sizeBytes: gib }), to), wanted)
  }
})

test('what stands behind the end of the table is not taken for a part of it', async () => {
  const before = makeQcow2({ sizeBytes: gib })
  const { l1Offset, l1Entries } = parseQcow2Header(before)
  before.fill(0xff, l1Offset + l1Entries * 8, l1Offset + l1Entries * 8 + 64)
  const after = await grown(before, 2 * gib)
  const { l1Entries: more, virtualSizeBytes } = parseQcow2Header(after)
  assert.deepEqual([more, virtualSizeBytes], [4, 2 * gib])
  assert.ok(after.subarray(l1Offset, l1Offset + more * 8).every((byte) => byte === 0))
})

test('never smaller, never beyond its table, and nothing but qcow2', async () => {
  const before = makeQcow2({ sizeBytes: gib })
  assert.deepEqual(await grown(before, gib / 2), before)
  await assert.rejects(grown(before, 4097 * gib), RangeError)
  await assert.rejects(grown(Buffer.alloc(4096), gib), RangeError)
  await assert.rejects(grown(Buffer.alloc(10), gib), RangeError)
})
