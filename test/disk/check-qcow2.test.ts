/** What `polyvisor disk check` finds beyond unreadable data: space that is lost, and clusters that the counts would give away. */
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { bufferSource, checkDisk, convertDisk } from '../../src/disk/index.ts'
import { writtenVariants } from '../support/written-variants.ts'
import { content } from './disk-content.ts'
import { findQemuImg, run, withTempFolder } from './disk-fixtures.ts'
import { qcow2Image } from './handmade-images.ts'

const refcountBlock = 2 * 512

test('a hand-made image: nothing lost; a count too high is lost space, a count too low is damage', async () => {
  assert.equal((await checkDisk(bufferSource(qcow2Image()))).leakedClusters, 0)
  const leaking = Buffer.concat([qcow2Image(), Buffer.alloc(1024)])
  leaking.writeUInt16BE(1, refcountBlock + 6 * 2)
  leaking.writeUInt16BE(2, refcountBlock + 5 * 2)
  assert.deepEqual(await checkDisk(bufferSource(leaking)), {
    virtualSizeBytes: 2048,
    dataBytes: 512,
    leakedClusters: 2,
    leakedBytes: 1024,
  })
  for (let cluster = 0; cluster < 6; cluster++) {
    const short = qcow2Image()
    short.writeUInt16BE(0, refcountBlock + cluster * 2)
    await assert.rejects(checkDisk(bufferSource(short)), { code: 'corrupt' }, `cluster ${cluster}`)
  }
})

test('too much to count within the limits is no fault of the image', async () => {
  const { leakedClusters } = await checkDisk(bufferSource(qcow2Image()), { limits: { maxTableBytes: 0 } })
  assert.equal(leakedClusters, undefined)
})

test('what the engine writes loses nothing, and formats without counts have none', async () => {
  await withTempFolder(async (folder) => {
    for (const { name, format, options } of writtenVariants) {
      if (name === 'vmdk-flat') continue
      const target = join(folder, name)
      await convertDisk({ source: bufferSource(content), target, targetFormat: format, targetOptions: options })
      assert.equal((await checkDisk(target, { format })).leakedClusters, format === 'qcow2' ? 0 : undefined, name)
    }
  })
})

const qemuImg = await findQemuImg()
const skip = qemuImg === undefined ? 'qemu-img is missing (Debian: apt-get install qemu-utils)' : false

test('snapshots, bitmaps, zero clusters that keep their place and every width of counts', { skip }, async () => {
  await withTempFolder(async (folder) => {
    const raw = join(folder, 'content.raw')
    await writeFile(raw, content)
    for (const bits of [1, 2, 4, 8, 16, 32, 64]) {
      const image = join(folder, `disk-${bits}.qcow2`)
      const options = `cluster_size=4k,refcount_bits=${bits}`
      await run('qemu-img', ['convert', '-O', 'qcow2', '-c', '-o', options, raw, image])
      await run('qemu-io', ['-f', 'qcow2', '-c', 'write -P 1 0 3M', '-c', 'write -z 1M 100k', image])
      // Packed clusters share their places: more references than a few bits can count.
      if (bits >= 8) await run('qemu-img', ['snapshot', '-c', 'before', image])
      await run('qemu-img', ['bitmap', '--add', image, 'changes'])
      await run('qemu-io', ['-f', 'qcow2', '-c', 'write -P 2 2M 3M', image])
      assert.equal((await checkDisk(image)).leakedClusters, 0, `${bits} bits`)
      await leak(image)
      assert.equal((await checkDisk(image)).leakedClusters, await leaksByQemu(image), `${bits} bits`)
    }
  })
})

/** Takes the last L2 table out of L1, so that all that it names is lost. */
async function leak(path: string): Promise<void> {
  const image = await readFile(path)
  const [l1Offset, entries] = [Number(image.readBigUInt64BE(40)), image.readUInt32BE(36)]
  image.fill(0, l1Offset + (entries - 1) * 8, l1Offset + entries * 8)
  await writeFile(path, image)
}

async function leaksByQemu(path: string): Promise<number> {
  // It exits with 3 for leaks.
  const { stdout } = await run('qemu-img', ['check', '--output=json', path]).catch((error: unknown) => error as never)
  const leaks = (JSON.parse(stdout) as { leaks?: number }).leaks ?? 0
  assert.ok(leaks > 0)
  return leaks
}
