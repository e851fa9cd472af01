import { tooLarge } from '../disk-error.ts'
import type { DiskExtent } from '../disk.ts'
import type { DiskLimits } from '../limits.ts'
import { isZero } from './non-zero-runs.ts'

/** So much may come out of the smallest image: a bomb is more. */
const freeBytes = 1024 ** 3
const checkEvery = 64 * 1024 ** 2

/**
 * Decorator: stops an image that would unpack to more data than its bytes can honestly hold, or than is allowed at all.
 * @param inputBytes how many bytes of image were read, or lie there to be read
 */
export async function* guardExpansion(
  extents: AsyncIterable<DiskExtent>,
  inputBytes: () => number,
  { maxOutputBytes, maxExpansion }: Pick<DiskLimits, 'maxOutputBytes' | 'maxExpansion'>,
): AsyncGenerator<DiskExtent, void, undefined> {
  let dataBytes = 0
  let nextCheck = 0
  for await (const extent of extents) {
    if (extent.kind === 'data' && !isZero(extent.data)) {
      dataBytes += extent.length
      if (dataBytes > maxOutputBytes) throw tooLarge('The data of the disk', `${maxOutputBytes} bytes`)
      if (dataBytes > nextCheck) {
        nextCheck = dataBytes + checkEvery
        if (dataBytes > Math.max(freeBytes, inputBytes() * maxExpansion)) {
          throw tooLarge('The data of the disk, measured against the image', `${maxExpansion} times the image`)
        }
      }
    }
    yield extent
  }
}
