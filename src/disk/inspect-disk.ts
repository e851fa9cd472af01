/**
 * Looks at a disk image that nobody trusts: which format it is, how large, and whether everything that it needs is inside it.
 * Only the given source is ever read; a name inside an image is a reason to refuse, never something to open.
 */
import type { DiskFormat } from '../model/disk-formats.ts'
import { readInside } from './bounds.ts'
import { DiskError } from './disk-error.ts'
import { sniffHeadBytes } from './formats/format.ts'
import type { DiskInspection } from './formats/format.ts'
import { diskFormatModule } from './formats/index.ts'
import { defaultDiskLimits } from './limits.ts'
import type { DiskLimits } from './limits.ts'
import type { RandomAccessSource } from './random-access-source.ts'
import { assertDeclared, detect } from './sniff.ts'

export type { DiskInspection }

export interface InspectOptions {
  /** What the uploader says; content of any other format is refused. */
  readonly declaredFormat?: DiskFormat
  readonly limits?: Partial<DiskLimits>
  readonly signal?: AbortSignal
}

/** @throws DiskError for what the image is; the source's own errors and the signal's reason pass through. */
export async function inspectDisk(source: RandomAccessSource, options: InspectOptions = {}): Promise<DiskInspection> {
  const { declaredFormat, signal } = options
  if (source.sizeBytes === 0) throw new DiskError('empty', 'The image is empty. Upload a disk with content.')
  const head = await readInside(source, 0, Math.min(sniffHeadBytes, source.sizeBytes), 'The image', signal)
  const tailBytes = Math.min(512, source.sizeBytes)
  const tail = await readInside(source, source.sizeBytes - tailBytes, tailBytes, 'The image', signal)
  const format = detect({ head, tail }, declaredFormat) ?? 'raw'
  if (declaredFormat !== undefined) assertDeclared(format, declaredFormat)
  const limits = { ...defaultDiskLimits, ...options.limits }
  return diskFormatModule(format).inspect(source, signal === undefined ? { limits } : { limits, signal })
}
