import { readAhead } from './algebra/read-ahead.ts'
import type { DiskReader, RandomAccessDisk } from './disk.ts'

/** A reader as a disk: with extents, and closing what it stands on. */
export function randomAccessDisk(
  reader: DiskReader,
  under: { inputBytes(): number; close(): Promise<void> },
): RandomAccessDisk {
  return {
    virtualSizeBytes: reader.virtualSizeBytes,
    blockSizeBytes: reader.blockSizeBytes,
    inputBytes: () => under.inputBytes(),
    ranges: (offset, length, signal) => reader.ranges(offset, length, signal),
    readInto: (target, offset, signal) => reader.readInto(target, offset, signal),
    extents: (options) => readAhead(reader, options),
    close: () => under.close(),
    [Symbol.asyncDispose]: () => under.close(),
  }
}
