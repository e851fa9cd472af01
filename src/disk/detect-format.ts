import type { DiskFormat } from '../model/disk-formats.ts'
import { readInside } from './bounds.ts'
import { DiskError } from './disk-error.ts'
import { sniffHeadBytes } from './formats/format.ts'
import type { RandomAccessSource } from './random-access-source.ts'
import { assertDeclared, detect } from './sniff.ts'

/**
 * The format by the marks at both ends of an image, `raw` where there are none.
 * @throws DiskError `empty` | `polyglot` | `format-mismatch` when it is not the declared one | `encrypted` | `not-supported`
 */
export async function detectFormat(
  source: RandomAccessSource,
  declaredFormat?: DiskFormat,
  signal?: AbortSignal,
): Promise<DiskFormat> {
  if (source.sizeBytes === 0) throw new DiskError('empty', 'The image is empty. Upload a disk with content.')
  const head = await readInside(source, 0, Math.min(sniffHeadBytes, source.sizeBytes), 'The image', signal)
  const tailBytes = Math.min(512, source.sizeBytes)
  const tail = await readInside(source, source.sizeBytes - tailBytes, tailBytes, 'The image', signal)
  const format = detect({ head, tail }, declaredFormat) ?? 'raw'
  if (declaredFormat !== undefined) assertDeclared(format, declaredFormat)
  return format
}
