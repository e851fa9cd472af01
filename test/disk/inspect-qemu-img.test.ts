/** Images by qemu-img in its many variants: all are accepted, and a cut anywhere in the data is noticed. */
import assert from 'node:assert/strict'
import { createCipheriv } from 'node:crypto'
import { open, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { DiskError, inspectDisk, openFileSource } from '../../src/disk/index.ts'
import type { DiskInspection } from '../../src/disk/index.ts'
import { findQemuImg, run, withTempFolder } from './disk-fixtures.ts'

const qemuImg = await findQemuImg()
const skip = qemuImg === undefined ? 'qemu-img is missing (Debian: apt-get install qemu-utils)' : false
/** Not a multiple of any cluster. */
const sizeBytes = 5 * 1024 * 1024 + 512 * 3

interface Variant {
  readonly format: string
  readonly options?: string
  readonly extra?: readonly string[]
  readonly expect: Partial<DiskInspection>
}

const qcow2: Partial<DiskInspection> = { format: 'qcow2', virtualSizeBytes: sizeBytes }
const vmdk: Partial<DiskInspection> = { format: 'vmdk', virtualSizeBytes: sizeBytes }
const variants: readonly Variant[] = [
  { format: 'raw', expect: { format: 'raw', virtualSizeBytes: sizeBytes } },
  { format: 'qcow2', expect: { ...qcow2, variant: 'v3' } },
  { format: 'qcow2', options: 'compat=0.10', expect: { ...qcow2, variant: 'v2' } },
  { format: 'qcow2', options: 'cluster_size=512', expect: qcow2 },
  { format: 'qcow2', options: 'cluster_size=2M', expect: qcow2 },
  { format: 'qcow2', options: 'refcount_bits=1', expect: qcow2 },
  { format: 'qcow2', options: 'extended_l2=on', expect: qcow2 },
  { format: 'qcow2', options: 'preallocation=metadata', expect: qcow2 },
  { format: 'qcow2', options: 'lazy_refcounts=on', expect: qcow2 },
  { format: 'qcow2', extra: ['-c'], expect: qcow2 },
  { format: 'qcow2', options: 'compression_type=zstd', extra: ['-c'], expect: qcow2 },
  { format: 'qcow2', options: 'cluster_size=4k', extra: ['-c'], expect: qcow2 },
  { format: 'vmdk', expect: { ...vmdk, variant: 'monolithicSparse' } },
  { format: 'vmdk', options: 'subformat=streamOptimized', expect: { ...vmdk, variant: 'streamOptimized' } },
  {
    format: 'vpc',
    options: 'force_size=on',
    expect: { format: 'vhd', variant: 'dynamic', virtualSizeBytes: sizeBytes },
  },
  { format: 'vpc', options: 'subformat=fixed,force_size=on', expect: { format: 'vhd', variant: 'fixed' } },
  { format: 'vpc', expect: { format: 'vhd', variant: 'dynamic' } },
  { format: 'vhdx', expect: { format: 'vhdx', variant: 'dynamic' } },
  { format: 'vhdx', options: 'subformat=fixed', expect: { format: 'vhdx' } },
  { format: 'vdi', expect: { format: 'vdi', virtualSizeBytes: sizeBytes } },
  { format: 'vdi', options: 'static=on', expect: { format: 'vdi' } },
]

async function inspectFile(path: string): Promise<DiskInspection> {
  await using source = await openFileSource(path)
  return await inspectDisk(source)
}

/** Data that halves when compressed, the same in every run: at both ends and in the middle, holes between. */
async function writeRaw(path: string): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.truncate(sizeBytes)
    const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16))
    const data = Buffer.from(cipher.update(Buffer.alloc(350_000)).toString('hex'))
    for (const at of [0, 2_000_000, sizeBytes - data.length]) await handle.write(data, 0, data.length, at)
  } finally {
    await handle.close()
  }
}

test('qemu-img: every variant is accepted, and a cut one is refused', { skip }, async () => {
  await withTempFolder(async (folder) => {
    const raw = join(folder, 'disk.raw')
    await writeRaw(raw)
    const check = async ({ format, options, extra = [], expect }: Variant, index: number): Promise<void> => {
      const name = [format, options, ...extra].join(' ')
      const image = join(folder, `image-${index}`)
      const option = options === undefined ? [] : ['-o', options]
      await run('qemu-img', ['convert', '-f', 'raw', '-O', format, ...option, ...extra, raw, image])
      const inspection = await inspectFile(image)
      for (const key of Object.keys(expect) as (keyof DiskInspection)[])
        assert.equal(inspection[key], expect[key], name)
      const info: unknown = JSON.parse((await run('qemu-img', ['info', '--output=json', '-f', format, image])).stdout)
      assert.equal(inspection.virtualSizeBytes, (info as { 'virtual-size': number })['virtual-size'], name)
      if (format !== 'raw') await assertCutIsNoticed(image, name)
    }
    await Promise.all(variants.map(check))
  })
})

/** A fixed VHD without its end has no mark left, which the declared format then shows. */
async function assertCutIsNoticed(image: string, name: string): Promise<void> {
  const { length } = await readFile(image)
  for (const part of [0.9, 0.6, 0.2]) {
    await truncate(image, Math.floor(length * part))
    const inspection = inspectFile(image)
    if (name.includes('fixed,')) assert.equal((await inspection).format, 'raw', name)
    else {
      await assert.rejects(
        inspection,
        (error: unknown) => error instanceof DiskError && /truncated|corrupt/.test(error.code),
        `${name} cut to ${part}`,
      )
    }
  }
}

test('qemu-img: backing files, snapshots, encryption and split disks', { skip }, async () => {
  await withTempFolder(async (folder) => {
    const path = (name: string): string => join(folder, name)
    const qemu = (...args: readonly string[]): Promise<unknown> => run('qemu-img', args)
    const refuses = (name: string, code: string): Promise<void> =>
      assert.rejects(
        inspectFile(path(name)),
        (error: unknown) => error instanceof DiskError && error.code === code,
        name,
      )
    await qemu('create', '-f', 'qcow2', path('base.qcow2'), '10M')
    await qemu('create', '-f', 'qcow2', '-b', path('base.qcow2'), '-F', 'qcow2', path('overlay.qcow2'))
    await qemu('create', '-f', 'qcow2', '-o', `data_file=${path('data.raw')}`, path('data.qcow2'), '10M')
    await qemu('create', '-f', 'qed', path('disk.qed'), '10M')
    await qemu('create', '-f', 'vmdk', '-o', 'subformat=monolithicFlat', path('flat.vmdk'), '10M')
    await qemu('create', '-f', 'vmdk', '-o', 'subformat=twoGbMaxExtentSparse', path('split.vmdk'), '10M')
    const secret = ['--object', 'secret,id=s,data=secret']
    await qemu(
      'create',
      '-f',
      'qcow2',
      ...secret,
      '-o',
      'encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=10',
      path('luks.qcow2'),
      '10M',
    )
    await refuses('overlay.qcow2', 'backing-file')
    await refuses('data.qcow2', 'data-file')
    await refuses('disk.qed', 'not-supported')
    await refuses('flat.vmdk', 'external-extent')
    await refuses('split.vmdk', 'external-extent')
    await refuses('split-s001.vmdk', 'external-extent')
    await refuses('luks.qcow2', 'encrypted')
    await qemu('snapshot', '-c', 'first', path('base.qcow2'))
    assert.equal((await inspectFile(path('base.qcow2'))).details.snapshots, 1)
  })
})
