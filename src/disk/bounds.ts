/** Reads that are checked before they happen: no number out of an image reaches an allocation or a read unchecked. */
import { tooLarge, truncated } from './disk-error.ts'
import type { RandomAccessSource } from './random-access-source.ts'

/** No single allocation for image-controlled lengths is above this; longer tables are walked in chunks. */
export const maxReadBytes = 4 * 1024 * 1024
const chunkBytes = 1024 * 1024

/** @throws DiskError `truncated`, naming `what`, unless the range is wholly inside `sizeBytes`. */
export function assertInside(sizeBytes: number, offset: number, length: number, what: string): void {
  const sane = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0
  if (!sane || offset + length > sizeBytes) throw truncated(what)
}

/** Reads at most `maxReadBytes`. @throws DiskError `truncated` | `too-large` */
export async function readInside(
  source: RandomAccessSource,
  offset: number,
  length: number,
  what: string,
  signal?: AbortSignal,
): Promise<Buffer> {
  assertInside(source.sizeBytes, offset, length, what)
  if (length > maxReadBytes) throw tooLarge(what, `${maxReadBytes} bytes`)
  return source.read(offset, length, signal)
}

export interface TableChunk {
  /** Index of the first entry in `view`. */
  readonly firstEntry: number
  readonly entries: number
  readonly view: DataView
}

/** Walks a table of equal entries in bounded memory. @throws DiskError `truncated` before the first read. */
export async function* walkTable(
  source: RandomAccessSource,
  table: { readonly offset: number; readonly entries: number; readonly entryBytes: number; readonly what: string },
  signal?: AbortSignal,
): AsyncGenerator<TableChunk, void, undefined> {
  assertInside(source.sizeBytes, table.offset, table.entries * table.entryBytes, table.what)
  const entriesPerChunk = Math.floor(chunkBytes / table.entryBytes)
  for (let firstEntry = 0; firstEntry < table.entries; firstEntry += entriesPerChunk) {
    const entries = Math.min(entriesPerChunk, table.entries - firstEntry)
    const bytes = await source.read(table.offset + firstEntry * table.entryBytes, entries * table.entryBytes, signal)
    yield { firstEntry, entries, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) }
  }
}

export function isPowerOfTwo(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value))
}

/** A 64-bit field as a number: values from 2^53 on lose precision, and every cap and bound refuses them anyway. */
export function u64be(bytes: Buffer, offset: number): number {
  return bytes.readUInt32BE(offset) * 0x1_0000_0000 + bytes.readUInt32BE(offset + 4)
}

export function u64le(bytes: Buffer, offset: number): number {
  return bytes.readUInt32LE(offset + 4) * 0x1_0000_0000 + bytes.readUInt32LE(offset)
}
