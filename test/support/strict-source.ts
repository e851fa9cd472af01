import assert from 'node:assert/strict'
import { bufferSource } from '../../src/disk/index.ts'
import type { RandomAccessSource } from '../../src/disk/index.ts'

/** An image in memory that fails on any read outside of it, and on reading more than so many bytes altogether. */
export function strictSource(image: Buffer, maxReadBytes: number): RandomAccessSource {
  const source = bufferSource(image)
  let readBytes = 0
  const count = (offset: number, length: number): void => {
    assert.ok(
      Number.isSafeInteger(offset) && offset >= 0 && length >= 0 && offset + length <= image.length,
      `read of ${length} at ${offset}`,
    )
    readBytes += length
    assert.ok(readBytes <= maxReadBytes, 'reads far more than there is')
  }
  return {
    sizeBytes: image.length,
    read: (offset, length) => (count(offset, length), source.read(offset, length)),
    readInto: (target, offset) => (count(offset, target.length), source.readInto(target, offset)),
  }
}

/** Numbers that parsers stumble over, in hexadecimal. */
export const awkwardNumbers = [
  '00',
  'ff',
  '01',
  '7fffffff',
  'ffffffff',
  'ffffffffffffffff',
  '0000000000000000',
  '8000000000000000',
  '0000010000000000',
  '00000001',
]
