/** Which images of the cache guests' disks stand on, by the disks' own headers: also of disks that were kept without a guest. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readQcow2Head } from '../../src/disk/formats/qcow2/header.ts'
import { defaultDiskLimits, openFileSource } from '../../src/disk/index.ts'
import type { QemuHost } from './host.ts'

/** @returns paths @throws Error when a disk cannot be read: then nobody knows */
export async function imagesInUse({ instancesDir }: Pick<QemuHost, 'instancesDir'>): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const id of await readdir(instancesDir)) {
    const folder = join(instancesDir, id)
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const { name } = entry
      // A link leads to a drive that hosts share, which is whole.
      if (!name.endsWith('.qcow2') || entry.isSymbolicLink()) continue
      const disk = join(folder, name)
      const backings = await backingsOf(disk).catch((cause: unknown) => {
        throw new Error(`nobody knows what ${disk} stands on`, { cause })
      })
      for (const path of backings) found.add(path)
    }
  }
  return found
}

async function backingsOf(path: string): Promise<readonly string[]> {
  const source = await openFileSource(path)
  try {
    const { backingFile } = await readQcow2Head(source, { limits: defaultDiskLimits, allowReferences: true })
    return backingFile?.names ?? []
  } finally {
    await source.close()
  }
}
