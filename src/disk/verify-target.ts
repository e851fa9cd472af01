import type { DiskFormat } from '../model/disk-formats.ts'
import { HashTree, nodeBytes } from './algebra/hash-tree.ts'
import { DiskError } from './disk-error.ts'
import type { FileTarget } from './file-target.ts'
import { openDisk } from './open-disk.ts'

/**
 * Reads a written image back as any reader would, and compares it with the tree made of what was read.
 * @throws DiskError `verify-failed`
 */
export async function verifyTarget(
  target: FileTarget,
  { targetFormat, signal }: { readonly targetFormat: DiskFormat; readonly signal?: AbortSignal },
  expected: HashTree,
): Promise<void> {
  const source = await target.openSource()
  await using disk = await openDisk(source, {
    format: targetFormat,
    resolve: (reference) => target.openWritten(reference.names),
    ...(signal === undefined ? {} : { signal }),
  })
  const found = new HashTree()
  for await (const extent of disk.extents(signal === undefined ? {} : { signal })) {
    found.add(extent)
    if (extent.kind === 'data') extent.release()
  }
  const wanted = expected.finish()
  const digests = found.finish()
  const length = Math.max(wanted.length, digests.length)
  for (let index = 0; index < length; index++) {
    const isSame = wanted[index] !== undefined && digests[index]?.equals(wanted[index] ?? Buffer.alloc(0)) === true
    if (isSame) continue
    throw new DiskError(
      'verify-failed',
      `What was written differs from what was read, somewhere after ${index * nodeBytes} bytes of the disk. Check the disk that it was written to, and convert again.`,
    )
  }
}
