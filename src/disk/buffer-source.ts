import { assertInside } from './bounds.ts'
import type { RandomAccessSource } from './random-access-source.ts'

/** A source over bytes in memory: tests, and images small enough to hold. */
export function bufferSource(bytes: Buffer): RandomAccessSource {
  const slice = (offset: number, length: number, signal?: AbortSignal): Buffer => {
    signal?.throwIfAborted()
    assertInside(bytes.length, offset, length, 'a read')
    return bytes.subarray(offset, offset + length)
  }
  return {
    sizeBytes: bytes.length,
    async read(offset, length, signal) {
      return Buffer.from(slice(offset, length, signal))
    },
    async readInto(target, offset, signal) {
      slice(offset, target.length, signal).copy(target)
    },
  }
}
