import type { DiskProgress } from './algebra/progress.ts'
import { withProgress } from './algebra/progress.ts'
import { DiskError } from './disk-error.ts'
import { openFileSource } from './file-source.ts'
import type { SpaceUse } from './formats/format.ts'
import { diskFormatModule } from './formats/index.ts'
import { defaultDiskLimits } from './limits.ts'
import type { OpenDiskOptions } from './open-disk.ts'
import { openDisk } from './open-disk.ts'
import type { RandomAccessSource } from './random-access-source.ts'

export interface CheckResult extends Partial<SpaceUse> {
  readonly virtualSizeBytes: number
  /** Data that was read, and unpacked where it is compressed. */
  readonly dataBytes: number
}

export type CheckOptions = OpenDiskOptions & { readonly onProgress?: (progress: DiskProgress) => void }

/**
 * Reads all that a guest could read: headers and tables are judged when the disk is opened, every block when it is read.
 * Then holds what the image counts as used against what it uses; lost space is told, and absent where nothing is counted.
 * @throws DiskError for the first thing that is wrong
 */
export async function checkDisk(image: string | RandomAccessSource, options: CheckOptions = {}): Promise<CheckResult> {
  if (typeof image !== 'string') return checkSource(image, options)
  await using source = await openFileSource(image)
  return await checkSource(source, options)
}

async function checkSource(source: RandomAccessSource, options: CheckOptions): Promise<CheckResult> {
  await using disk = await openDisk(source, options)
  const { signal } = options
  let dataBytes = 0
  const report = options.onProgress ?? ((): void => undefined)
  const extents = disk.extents(signal === undefined ? {} : { signal })
  for await (const extent of withProgress(extents, disk.virtualSizeBytes, report)) {
    if (extent.kind !== 'data') continue
    dataBytes += extent.length
    extent.release()
  }
  const limits = { ...defaultDiskLimits, ...options.limits }
  const use = await diskFormatModule(disk.format)
    .checkUse?.(source, signal === undefined ? { limits } : { limits, signal })
    .catch(notCounted)
  return { virtualSizeBytes: disk.virtualSizeBytes, dataBytes, ...use }
}

/** Too much to count is no fault of the image. */
function notCounted(error: unknown): undefined {
  if (!(error instanceof DiskError && error.code === 'too-large')) throw error
}
