/** What qemu-img writes in its rarer variants, read by the engine: snapshots, data files, subclusters, chains, split disks. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { DiskError, convertDisk, openDisk } from '../../src/disk/index.ts'
import type { OpenDiskOptions } from '../../src/disk/index.ts'
import { resolveIn } from '../support/written-variants.ts'
import { content, contentSha256 } from './disk-content.ts'
import { findQemuImg, run, withTempFolder } from './disk-fixtures.ts'

const qemuImg = await findQemuImg()
const skip = qemuImg === undefined ? 'qemu-img is missing (Debian: apt-get install qemu-utils)' : false

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const qemu = (...args: readonly string[]): Promise<unknown> => run('qemu-img', args)
/** Guest writes into an image. */
const write = (format: string, image: string, ...commands: readonly string[]): Promise<unknown> =>
  run('qemu-io', ['-f', format, ...commands.flatMap((command) => ['-c', command]), image])

/** sha256 of what the engine reads, by its index and, which must be the same, in one piece. */
async function hashOf(path: string, options: OpenDiskOptions = {}): Promise<string> {
  await using disk = await openDisk(path, options)
  const hash = createHash('sha256')
  for await (const extent of disk.extents()) {
    hash.update(extent.kind === 'data' ? extent.data : Buffer.alloc(extent.length))
    if (extent.kind === 'data') extent.release()
  }
  const whole = Buffer.alloc(disk.virtualSizeBytes, 0xee)
  await disk.readInto(whole, 0)
  const digest = hash.digest('hex')
  assert.equal(sha256(whole), digest)
  return digest
}

async function withContent(use: (folder: string, raw: string) => Promise<void>): Promise<void> {
  await withTempFolder(async (folder) => {
    const raw = join(folder, 'content.raw')
    await writeFile(raw, content)
    await use(folder, raw)
  })
}

/** What qemu-img makes of an image, where it is the judge. */
async function qemuHash(folder: string, ...source: readonly string[]): Promise<string> {
  const judged = join(folder, 'judged.raw')
  await qemu('convert', '-O', 'raw', ...source, judged)
  return sha256(await readFile(judged))
}

test('qcow2: internal snapshots by name and by id, as they were, whatever was written since', { skip }, async () => {
  await withContent(async (folder, raw) => {
    const image = join(folder, 'disk.qcow2')
    await qemu('convert', '-O', 'qcow2', raw, image)
    await qemu('snapshot', '-c', 'before', image)
    await write('qcow2', image, 'write -P 0x11 0 200k', 'discard 6000000 300k')
    await qemu('snapshot', '-c', 'between', image)
    await write('qcow2', image, 'write -P 0x22 100k 5M')
    const now = await hashOf(image)
    assert.equal(await hashOf(image, { snapshot: 'before' }), contentSha256)
    assert.equal(await hashOf(image, { snapshot: '1' }), contentSha256)
    for (const name of ['before', 'between']) {
      const expected = await qemuHash(folder, '-l', name, '-f', 'qcow2', image)
      assert.equal(await hashOf(image, { snapshot: name }), expected, name)
    }
    assert.equal(now, await qemuHash(folder, '-f', 'qcow2', image))
    assert.notEqual(now, contentSha256)
    await assert.rejects(openDisk(image, { snapshot: 'never' }), { code: 'bad-option' })
    const target = join(folder, 'old.vmdk')
    const { sha256: old } = await convertDisk({
      source: image,
      snapshot: 'before',
      target,
      targetFormat: 'vmdk',
      hash: true,
    })
    assert.equal(old, contentSha256)
  })
})

test('qcow2: a data file is read through the resolver, and refused without it', { skip }, async () => {
  await withContent(async (folder, raw) => {
    for (const options of ['', ',data_file_raw=on']) {
      const image = join(folder, 'disk.qcow2')
      await qemu('convert', '-O', 'qcow2', '-o', `data_file=${join(folder, 'disk.data')}${options}`, raw, image)
      await assert.rejects(openDisk(image), { code: 'data-file' })
      await assert.rejects(openDisk(image, { resolve: async () => undefined }), { code: 'data-file' })
      const resolve: OpenDiskOptions['resolve'] = async (reference) => {
        assert.deepEqual(reference, { kind: 'data-file', names: [join(folder, 'disk.data')], format: 'raw' })
        return resolveIn(folder)({ ...reference, names: ['disk.data'] })
      }
      assert.equal(await hashOf(image, { resolve }), contentSha256, options)
    }
  })
})

test('qcow2: subclusters, allocated one by one, zeroed and above a backing file', { skip }, async () => {
  await withContent(async (folder, raw) => {
    const image = join(folder, 'disk.qcow2')
    await qemu('create', '-f', 'qcow2', '-o', 'extended_l2=on,cluster_size=128k', '-b', raw, '-F', 'raw', image)
    await write('qcow2', image, 'write -P 0x33 4k 4k', 'write -z 200k 100k', 'write -P 0x44 3M 70k')
    await write('qcow2', image, 'write -z 3080k 8k', 'write -c -P 0x55 4M 128k', 'write -P 0x66 9437184 1k')
    const resolve = resolveIn(folder)
    const reads = await hashOf(image, { resolve: ({ names, ...rest }) => resolve({ ...rest, names: names.map(last) }) })
    assert.equal(reads, await qemuHash(folder, '-f', 'qcow2', image))
    const alone = join(folder, 'alone.qcow2')
    await qemu('convert', '-O', 'qcow2', '-o', 'extended_l2=on,cluster_size=64k', raw, alone)
    assert.equal(await hashOf(alone), contentSha256)
  })
})

const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

test('VMDK: a snapshot is read over its parent through the resolver, and never over another', { skip }, async () => {
  await withContent(async (folder, raw) => {
    const [base, child] = [join(folder, 'base.vmdk'), join(folder, 'child.vmdk')]
    await qemu('convert', '-O', 'vmdk', raw, base)
    await qemu('create', '-f', 'vmdk', '-b', base, '-F', 'vmdk', child)
    await write('vmdk', child, 'write -P 0x77 1M 200k', 'write -P 0x88 8M 4k')
    await assert.rejects(openDisk(child), { code: 'backing-file' })
    const resolve = resolveIn(folder)
    const options: OpenDiskOptions = { resolve: ({ names, ...rest }) => resolve({ ...rest, names: names.map(last) }) }
    assert.equal(await hashOf(child, options), await qemuHash(folder, '-f', 'vmdk', child))
    await qemu('convert', '-O', 'vmdk', raw, base)
    await assert.rejects(
      openDisk(child, options),
      (error) => error instanceof DiskError && /parent/.test(error.message),
    )
  })
})

test('VMDK: split disks are read through their descriptor', { skip }, async () => {
  await withContent(async (folder, raw) => {
    for (const subformat of ['twoGbMaxExtentSparse', 'twoGbMaxExtentFlat', 'monolithicFlat']) {
      const image = join(folder, `${subformat}.vmdk`)
      await qemu('convert', '-O', 'vmdk', '-o', `subformat=${subformat}`, raw, image)
      await assert.rejects(openDisk(image), { code: 'external-extent' }, subformat)
      assert.equal(await hashOf(image, { resolve: resolveIn(folder) }), contentSha256, subformat)
    }
  })
})

test('qcow2: chains of several layers, each read where the one above says nothing', { skip }, async () => {
  await withContent(async (folder, raw) => {
    const [low, high] = [join(folder, 'low.qcow2'), join(folder, 'high.qcow2')]
    await qemu('create', '-f', 'qcow2', '-b', raw, '-F', 'raw', low)
    await write('qcow2', low, 'write -P 0x10 0 64k', 'write -P 0x20 256k 64k')
    await qemu('create', '-f', 'qcow2', '-b', low, '-F', 'qcow2', high, '12M')
    await write('qcow2', high, 'write -P 0x30 64k 4k', 'write -z 256k 64k', 'write -P 0x40 11M 64k')
    const resolve = resolveIn(folder)
    const options: OpenDiskOptions = { resolve: ({ names, ...rest }) => resolve({ ...rest, names: names.map(last) }) }
    assert.equal(await hashOf(high, options), await qemuHash(folder, '-f', 'qcow2', high))
  })
})
