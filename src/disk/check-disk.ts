import type { DiskProgress } from './algebra/progress.ts'
import { withProgress } from './algebra/progress.ts'
import type { OpenDiskOptions } from './open-disk.ts'
import { openDisk } from './open-disk.ts'
import type { RandomAccessSource } from './random-access-source.ts'

export interface CheckResult {
  readonly virtualSizeBytes: number
  /** Data that was read, and unpacked where it is compressed. */
  readonly dataBytes: number
}

/**
 * Reads all that a guest could read: headers and tables are judged when the disk is opened, every block when it is read.
 * @throws DiskError for the first thing that is wrong
 */
export async function checkDisk(
  image: string | RandomAccessSource,
  options: OpenDiskOptions & { readonly onProgress?: (progress: DiskProgress) => void } = {},
): Promise<CheckResult> {
  await using disk = await openDisk(image, options)
  let dataBytes = 0
  const report = options.onProgress ?? ((): void => undefined)
  const extents = disk.extents(options.signal === undefined ? {} : { signal: options.signal })
  for await (const extent of withProgress(extents, disk.virtualSizeBytes, report)) {
    if (extent.kind !== 'data') continue
    dataBytes += extent.length
    extent.release()
  }
  return { virtualSizeBytes: disk.virtualSizeBytes, dataBytes }
}
