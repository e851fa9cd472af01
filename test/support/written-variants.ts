/** Everything that the engine can write, for tests that go over all of it. */
import { readdir } from 'node:fs/promises'
import { openFileSource } from '../../src/disk/index.ts'
import type { ResolveReference } from '../../src/disk/index.ts'
import type { DiskFormat } from '../../src/model/disk-formats.ts'
import { join } from 'node:path'

export interface WrittenVariant {
  readonly name: string
  readonly format: DiskFormat
  readonly options: Readonly<Record<string, string>>
  /** As `qemu-img -f` calls it. */
  readonly qemuFormat: string
  readonly canStream?: boolean
  /** qemu-img check knows the format. */
  readonly canCheck?: boolean
}

const qcow2 = { format: 'qcow2', qemuFormat: 'qcow2', canCheck: true } as const
const vmdk = { format: 'vmdk', qemuFormat: 'vmdk' } as const
const vhd = { format: 'vhd', qemuFormat: 'vpc' } as const

export const writtenVariants: readonly WrittenVariant[] = [
  { name: 'raw', format: 'raw', qemuFormat: 'raw', options: {}, canStream: true },
  { name: 'qcow2', ...qcow2, options: {} },
  { name: 'qcow2-v2', ...qcow2, options: { compat: '0.10' } },
  { name: 'qcow2-512', ...qcow2, options: { cluster_size: '512' } },
  { name: 'qcow2-2M', ...qcow2, options: { cluster_size: '2M' } },
  { name: 'qcow2-zlib', ...qcow2, options: { compress: 'on' } },
  { name: 'qcow2-zlib-4k', ...qcow2, options: { compress: 'on', cluster_size: '4k' } },
  { name: 'qcow2-zstd', ...qcow2, options: { compress: 'on', compression_type: 'zstd' } },
  { name: 'vmdk-sparse', ...vmdk, options: { subformat: 'monolithicSparse' }, canCheck: true },
  { name: 'vmdk-stream', ...vmdk, options: { subformat: 'streamOptimized' }, canStream: true },
  { name: 'vmdk-flat', ...vmdk, options: { subformat: 'monolithicFlat' } },
  { name: 'vhd-dynamic', ...vhd, options: { subformat: 'dynamic' } },
  { name: 'vhd-fixed', ...vhd, options: { subformat: 'fixed' }, canStream: true },
]

/** Opens what images name, by exactly that name, in the folder where the test put them. */
export function resolveIn(folder: string): ResolveReference {
  return async ({ names }) => {
    const files = await readdir(folder)
    const name = names.find((each) => files.includes(each))
    return name === undefined ? undefined : openFileSource(join(folder, name))
  }
}
