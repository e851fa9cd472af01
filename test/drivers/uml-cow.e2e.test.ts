/** UML's copy-on-write files, judged by uml-utilities: what we write they read, and what they write we read. */
// One database is enough: there is none in it.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { copyCow, cowSource, layoutOf, makeCowHeader, writeCow } from '../../drivers/uml/cow.ts'

const run = promisify(execFile)
const toolsMissing = existsSync('/usr/bin/uml_moo') ? false : 'uml_moo missing; run: sh scripts/setup.sh tests'
const diskBytes = 1024 ** 2
const sector = 512

describe('copy-on-write files', { skip: toolsMissing }, () => {
  let dir: string
  let base: string
  let baseBytes: Buffer
  const backing = async (path = base) => {
    const { size, mtimeMs } = await stat(path)
    return { path, sizeBytes: size, modifiedAtSeconds: Math.floor(mtimeMs / 1000) }
  }

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'polyvisor-cow-'))
    base = join(dir, 'base')
    baseBytes = Buffer.alloc(diskBytes, 'below ')
    await writeFile(base, baseBytes)
  })
  after(() => rm(dir, { recursive: true, force: true }))

  /** Sectors 1, 7 to 9 and the last one hold something else. */
  const scribble = async (path: string, sizeBytes = diskBytes): Promise<Buffer> => {
    const { dataOffset } = layoutOf(sizeBytes)
    const whole = Buffer.alloc(sizeBytes)
    baseBytes.copy(whole)
    await using file = await open(path, 'r+')
    for (const index of [1, 7, 8, 9, diskBytes / sector - 1]) {
      const content = Buffer.alloc(sector, `sector ${index} `)
      content.copy(whole, index * sector)
      await file.write(content, 0, sector, dataOffset + index * sector)
      const bits = Buffer.alloc(1)
      await file.read(bits, 0, 1, 8192 + (index >> 3))
      bits[0] = (bits[0] ?? 0) | (1 << (index & 7))
      await file.write(bits, 0, 1, 8192 + (index >> 3))
    }
    return whole
  }
  const readWhole = async (cow: string, below = base): Promise<Buffer> => {
    await using upper = await open(cow, 'r')
    await using lower = await open(below, 'r')
    const source = await cowSource(upper, lower)
    return await source.read(0, source.sizeBytes)
  }

  test('an empty one is what uml_mkcow makes', async () => {
    const [theirs, ours] = [join(dir, 'theirs'), join(dir, 'ours')]
    await run('uml_mkcow', [theirs, base])
    await using file = await open(ours, 'wx+')
    await writeCow(file, await backing())
    const path = Buffer.from(base)
    const [a, b] = [await readFile(theirs), await readFile(ours)]
    assert.equal(a.length, b.length)
    assert.deepEqual(a.subarray(0, 32 + path.length + 1), b.subarray(0, 32 + path.length + 1))
    assert.deepEqual(a.subarray(8192), b.subarray(8192))
  })

  test('uml_moo merges ours into what we read', async () => {
    const cow = join(dir, 'merged.cow')
    {
      await using file = await open(cow, 'wx+')
      await writeCow(file, await backing())
    }
    const whole = await scribble(cow)
    assert.deepEqual(await readWhole(cow), whole)
    const merged = join(dir, 'merged.raw')
    await run('uml_moo', [cow, merged])
    assert.deepEqual(await readFile(merged), whole)
  })

  test('a grown one holds the same, and uml_moo agrees', async () => {
    const larger = join(dir, 'larger')
    await writeFile(larger, Buffer.concat([baseBytes, Buffer.alloc(diskBytes)]))
    const [small, grown] = [join(dir, 'small.cow'), join(dir, 'grown.cow')]
    {
      await using file = await open(small, 'wx+')
      await writeCow(file, await backing())
    }
    const whole = Buffer.concat([await scribble(small), Buffer.alloc(diskBytes)])
    {
      await using from = await open(small, 'r')
      await using to = await open(grown, 'wx+')
      await writeCow(to, await backing(larger))
      await copyCow(from, to)
    }
    assert.deepEqual(await readWhole(grown, larger), whole)
    await run('uml_moo', [grown, join(dir, 'grown.raw')])
    assert.deepEqual(await readFile(join(dir, 'grown.raw')), whole)
  })

  test('a file below of another size, a foreign file and a path that is too long are refused', async () => {
    const cow = join(dir, 'refused.cow')
    {
      await using file = await open(cow, 'wx+')
      await writeCow(file, await backing())
    }
    const other = join(dir, 'other')
    await writeFile(other, Buffer.alloc(diskBytes / 2))
    await assert.rejects(readWhole(cow, other), /do not belong together/)
    await assert.rejects(readWhole(base), /no copy-on-write file/)
    assert.throws(() => makeCowHeader({ path: 'x'.repeat(5_000), sizeBytes: diskBytes, modifiedAtSeconds: 0 }))
    assert.throws(() => makeCowHeader({ path: base, sizeBytes: diskBytes + 512, modifiedAtSeconds: 0 }))
  })
})
