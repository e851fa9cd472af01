import { assertInside } from './bounds.ts'
import type { RandomAccessSource } from './random-access-source.ts'

/** A source over bytes in memory: tests, and images small enough to hold. */
export function bufferSource(bytes: Buffer): RandomAccessSource {
  return {
    sizeBytes: bytes.length,
    async read(offset, length, signal) {
      signal?.throwIfAborted()
      assertInside(bytes.length, offset, length, 'a read')
      return Buffer.from(bytes.subarray(offset, offset + length))
    },
  }
}
