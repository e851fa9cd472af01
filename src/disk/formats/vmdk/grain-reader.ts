/** Reads sparse extents through grain tables that were checked before. */
import { walkTable } from '../../bounds.ts'
import { loadInflate } from '../../codec/inflate.ts'
import { corrupt } from '../../disk-error.ts'
import type { DiskRange, DiskReader, RangeKind } from '../../disk.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import { PackedReader } from '../read-packed.ts'
import type { PackedPiece } from '../read-packed.ts'
import { readPlain } from '../read-plain.ts'
import type { PlainPiece } from '../read-plain.ts'
import { TableCache } from '../table-cache.ts'
import { grainMarkerBytes, parseVmdkMarker, vmdkFlag, vmdkSectorBytes } from './structs.ts'
import type { VmdkHeader } from './structs.ts'

/** What deflate adds to bytes that it cannot make smaller, and more. */
const packingSlackBytes = 4096

export class GrainReader implements DiskReader {
  readonly virtualSizeBytes: number
  readonly blockSizeBytes: number
  readonly #source: RandomAccessSource
  readonly #header: VmdkHeader
  /** Undefined where grains are stored as they are. */
  readonly #packed: PackedReader | undefined
  /** First sector of each grain table; 0 is none. */
  readonly #directory: Uint32Array
  readonly #tables: TableCache
  readonly #bytesPerTable: number

  static async open(source: RandomAccessSource, header: VmdkHeader, signal?: AbortSignal): Promise<GrainReader> {
    const entries = Math.ceil(header.capacitySectors / (header.entriesPerTable * header.grainSectors))
    const directory = new Uint32Array(entries)
    const offset = header.directorySector * vmdkSectorBytes
    const table = { offset, entries, entryBytes: 4, what: 'The VMDK grain directory' }
    for await (const { view, firstEntry, entries: count } of walkTable(source, table, signal)) {
      for (let index = 0; index < count; index++) directory[firstEntry + index] = view.getUint32(index * 4, true)
    }
    const isCompressed = (header.flags & vmdkFlag.compressed) !== 0
    const unpackedBytes = header.grainSectors * vmdkSectorBytes
    const packed = isCompressed
      ? new PackedReader(source, { inflate: await loadInflate('zlib'), unpackedBytes, what: 'A VMDK grain' })
      : undefined
    return new GrainReader(source, header, directory, packed)
  }

  private constructor(
    source: RandomAccessSource,
    header: VmdkHeader,
    directory: Uint32Array,
    packed: PackedReader | undefined,
  ) {
    this.#source = source
    this.#header = header
    this.#directory = directory
    this.#packed = packed
    this.#tables = new TableCache(source, header.entriesPerTable * 4, 'A VMDK grain table')
    this.virtualSizeBytes = header.capacitySectors * vmdkSectorBytes
    this.blockSizeBytes = header.grainSectors * vmdkSectorBytes
    this.#bytesPerTable = header.entriesPerTable * this.blockSizeBytes
  }

  async *ranges(offset: number, length: number, signal?: AbortSignal): AsyncGenerator<DiskRange, void, undefined> {
    const end = offset + length
    for (let at = offset; at < end;) {
      const tableEnd = Math.min(end, (Math.floor(at / this.#bytesPerTable) + 1) * this.#bytesPerTable)
      const table = await this.#tableAt(at, signal)
      let from = at
      let kind: RangeKind = table === undefined ? 'absent' : this.#kindOf(this.#entryAt(table, at))
      for (at = table === undefined ? tableEnd : this.#grainEnd(at, tableEnd); at < tableEnd;) {
        const next = table === undefined ? kind : this.#kindOf(this.#entryAt(table, at))
        if (next !== kind) {
          yield { offset: from, length: at - from, kind }
          from = at
          kind = next
        }
        at = this.#grainEnd(at, tableEnd)
      }
      yield { offset: from, length: at - from, kind }
    }
  }

  async readInto(target: Buffer, offset: number, signal?: AbortSignal): Promise<void> {
    const end = offset + target.length
    const plain: PlainPiece[] = []
    const packed: PackedPiece[] = []
    for (let at = offset; at < end;) {
      const table = await this.#tableAt(at, signal)
      const stop = this.#grainEnd(at, end)
      const part = target.subarray(at - offset, stop - offset)
      const entry = table === undefined ? 0 : this.#entryAt(table, at)
      if (this.#kindOf(entry) !== 'data') part.fill(0)
      else if (this.#packed === undefined) {
        plain.push({ offset: entry * vmdkSectorBytes + (at % this.blockSizeBytes), target: part })
      } else packed.push(this.#packedPiece(entry, at, part))
      at = stop
    }
    await readPlain(this.#source, plain, signal)
    await this.#packed?.read(packed, signal)
  }

  /** How long a packed grain is stands in front of it, so a little more than it can be is read. */
  #packedPiece(sector: number, guestOffset: number, target: Buffer): PackedPiece {
    const skip = guestOffset % this.blockSizeBytes
    const grainOffset = guestOffset - skip
    const offset = sector * vmdkSectorBytes
    return {
      offset,
      length: Math.min(this.blockSizeBytes + packingSlackBytes, this.#source.sizeBytes - offset),
      skip,
      target,
      minBytes: Math.min(this.blockSizeBytes, this.virtualSizeBytes - grainOffset),
      unwrap: (bytes) => {
        const { value, dataBytes } = parseVmdkMarker(bytes)
        if (value * vmdkSectorBytes !== grainOffset)
          throw corrupt('VMDK: a compressed grain belongs to another place of the disk')
        const packed = bytes.subarray(grainMarkerBytes, grainMarkerBytes + dataBytes)
        if (packed.length < dataBytes) throw corrupt('VMDK: a compressed grain has an impossible size')
        return packed
      },
    }
  }

  async #tableAt(guestOffset: number, signal?: AbortSignal): Promise<DataView | undefined> {
    const sector = this.#directory[Math.floor(guestOffset / this.#bytesPerTable)] ?? 0
    return sector === 0 ? undefined : this.#tables.get(sector * vmdkSectorBytes, signal)
  }

  #entryAt(table: DataView, guestOffset: number): number {
    return table.getUint32(Math.floor((guestOffset % this.#bytesPerTable) / this.blockSizeBytes) * 4, true)
  }

  #kindOf(entry: number): RangeKind {
    if (entry === 0) return 'absent'
    return entry === 1 && (this.#header.flags & vmdkFlag.zeroGrains) !== 0 ? 'zero' : 'data'
  }

  #grainEnd(guestOffset: number, end: number): number {
    return Math.min(end, (Math.floor(guestOffset / this.blockSizeBytes) + 1) * this.blockSizeBytes)
  }
}
