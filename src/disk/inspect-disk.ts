/**
 * Looks at a disk image that nobody trusts: which format it is, how large, and whether everything that it needs is inside it.
 * Only the given source is ever read; a name inside an image is a reason to refuse, never something to open.
 */
import type { DiskFormat } from '../model/disk-formats.ts'
import { detectFormat } from './detect-format.ts'
import type { DiskInspection } from './formats/format.ts'
import { diskFormatModule } from './formats/index.ts'
import { defaultDiskLimits } from './limits.ts'
import type { DiskLimits } from './limits.ts'
import type { RandomAccessSource } from './random-access-source.ts'

export type { DiskInspection }

export interface InspectOptions {
  /** What the uploader says; content of any other format is refused. */
  readonly declaredFormat?: DiskFormat
  /** Reports other files that the image names, instead of refusing it for them. They are not opened. */
  readonly allowReferences?: boolean
  readonly limits?: Partial<DiskLimits>
  readonly signal?: AbortSignal
}

/** @throws DiskError for what the image is; the source's own errors and the signal's reason pass through. */
export async function inspectDisk(source: RandomAccessSource, options: InspectOptions = {}): Promise<DiskInspection> {
  const { declaredFormat, signal, allowReferences = false } = options
  const format = await detectFormat(source, declaredFormat, signal)
  const limits = { ...defaultDiskLimits, ...options.limits }
  return diskFormatModule(format).inspect(source, {
    limits,
    allowReferences,
    ...(signal === undefined ? {} : { signal }),
  })
}
