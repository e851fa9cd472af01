/** A system without libdeflate: the same images are read and written, with zlib. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import koffi from 'koffi'
import { loadDeflate } from '../../src/disk/codec/deflate.ts'
import { loadInflate } from '../../src/disk/codec/inflate.ts'
import { bufferSource, convertDisk, openDisk } from '../../src/disk/index.ts'
import { loadLibdeflate } from '../../src/disk/native/libdeflate.ts'
import { writtenVariants } from '../support/written-variants.ts'
import { content, contentSha256, hashOf } from './disk-content.ts'
import { withTempFolder } from './disk-fixtures.ts'

const { load } = koffi
koffi.load = ((name: string, ...rest: []) => {
  if (name.startsWith('libdeflate')) throw new Error(`${name}: cannot open shared object file`)
  return load(name, ...rest)
}) as typeof load

const compressed = writtenVariants.filter(({ name }) => /zlib|stream/.test(name))

test('every compressed format keeps its content', async () => {
  assert.equal(loadLibdeflate(), undefined)
  await withTempFolder(async (folder) => {
    for (const { name, format, options } of compressed) {
      const target = join(folder, `${name}.${format}`)
      const source = bufferSource(content)
      await convertDisk({ source, target, targetFormat: format, targetOptions: options, verify: true })
      assert.equal(await hashOf(target, folder), contentSha256, name)
    }
  })
})

test('a damaged block is refused', async () => {
  const text = bufferSource(content.subarray(6_000_128, 6_000_128 + 512 * 1560))
  await withTempFolder(async (folder) => {
    for (const { name, format, options } of compressed) {
      const target = join(folder, name)
      await convertDisk({ source: text, target, targetFormat: format, targetOptions: options })
      const image = await readFile(target)
      image.fill(0xff, image.length / 2, image.length / 2 + 3000)
      await using disk = await openDisk(bufferSource(image), { format })
      await assert.rejects(disk.readInto(Buffer.alloc(disk.virtualSizeBytes), 0), { code: 'corrupt' }, name)
    }
  })
})

test('both codecs judge alike: what does not fit, what is damaged, what follows the stream', async () => {
  const packed = Buffer.alloc(70_000)
  for (const container of ['raw', 'zlib'] as const) {
    const deflate = await loadDeflate(container, 6)
    const inflate = await loadInflate(container)
    const block = content.subarray(6_000_000, 6_065_536)
    const bytes = await deflate(block, packed)
    assert.ok(bytes > 0 && bytes < block.length)
    assert.equal(await deflate(block, packed.subarray(0, 100)), 0)
    const target = Buffer.alloc(block.length)
    assert.equal(await inflate(packed.subarray(0, bytes + 300), target), block.length)
    assert.ok(target.equals(block))
    assert.equal(await inflate(packed.subarray(0, bytes), target.subarray(0, 1000)), undefined)
    assert.equal(await inflate(packed.subarray(0, bytes - 100), target), undefined)
  }
})
