/**
 * Reads guest data through mapping tables of which each speaks for an equal stretch of the disk: what qcow2 and sparse VMDK
 * have in common. The formats say what an entry means; the tables were checked before.
 */
import type { DiskRange, DiskReader } from '../disk.ts'
import type { RandomAccessSource } from '../random-access-source.ts'
import type { PackedPiece, PackedReader } from './read-packed.ts'
import { readPlain } from './read-plain.ts'
import type { PlainPiece } from './read-plain.ts'

/** What a table says of the bytes from an offset of the disk on, up to `end`. */
export type Mapped = { readonly end: number } & (
  | { readonly kind: 'absent' | 'zero' }
  /** `offset` in the file is where the first of these bytes lies. */
  | { readonly kind: 'data'; readonly offset: number }
  /** They are in a compressed block, `skip` bytes after its start. */
  | { readonly kind: 'packed'; readonly block: Omit<PackedPiece, 'skip' | 'target'>; readonly skip: number }
)

export interface Mapping {
  readonly virtualSizeBytes: number
  readonly blockSizeBytes: number
  readonly bytesPerTable: number
  /** The table that speaks for `guestOffset`; undefined where there is none: all that it would map is absent. */
  tableAt(guestOffset: number, signal?: AbortSignal): Promise<DataView> | undefined
  /** @throws DiskError for an entry that contradicts itself */
  lookUp(table: DataView, guestOffset: number): Mapped
}

/** @param data where blocks lie that are stored as they are @param packed reads the others; undefined where there are none */
export function mappedReader(mapping: Mapping, data: RandomAccessSource, packed: PackedReader | undefined): DiskReader {
  const { virtualSizeBytes, blockSizeBytes, bytesPerTable } = mapping
  const tableEnd = (offset: number): number => (Math.floor(offset / bytesPerTable) + 1) * bytesPerTable

  function* rangesOf(table: DataView, start: number, end: number): Generator<DiskRange, void, undefined> {
    let from = start
    let kind: DiskRange['kind'] | undefined
    for (let at = start; at < end;) {
      const mapped = mapping.lookUp(table, at)
      const next = mapped.kind === 'packed' ? 'data' : mapped.kind
      if (kind !== undefined && kind !== next) {
        yield { offset: from, length: at - from, kind }
        from = at
      }
      kind = next
      at = mapped.end
    }
    if (kind !== undefined) yield { offset: from, length: end - from, kind }
  }

  return {
    virtualSizeBytes,
    blockSizeBytes,
    async *ranges(offset, length, signal) {
      const end = offset + length
      for (let at = offset; at < end;) {
        const stop = Math.min(end, tableEnd(at))
        const table = await mapping.tableAt(at, signal)
        if (table === undefined) yield { offset: at, length: stop - at, kind: 'absent' }
        else yield* rangesOf(table, at, stop)
        at = stop
      }
    },
    async readInto(target, offset, signal) {
      const end = offset + target.length
      const plainPieces: PlainPiece[] = []
      const packedPieces: PackedPiece[] = []
      for (let at = offset; at < end;) {
        const stop = Math.min(end, tableEnd(at))
        const table = await mapping.tableAt(at, signal)
        if (table === undefined) target.fill(0, at - offset, stop - offset)
        for (; at < stop && table !== undefined;) {
          const mapped = mapping.lookUp(table, at)
          const part = target.subarray(at - offset, Math.min(stop, mapped.end) - offset)
          if (mapped.kind === 'data') plainPieces.push({ offset: mapped.offset, target: part })
          else if (mapped.kind === 'packed') packedPieces.push({ ...mapped.block, skip: mapped.skip, target: part })
          else part.fill(0)
          at += part.length
        }
        at = stop
      }
      await readPlain(data, plainPieces, signal)
      await packed?.read(packedPieces, signal)
    },
  }
}
