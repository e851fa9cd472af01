/** Reads guest data through L1 and L2 tables that were checked before. */
import { walkTable } from '../../bounds.ts'
import type { Inflate } from '../../codec/inflate.ts'
import { corrupt } from '../../disk-error.ts'
import type { DiskRange, DiskReader, RangeKind } from '../../disk.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import { PackedReader } from '../read-packed.ts'
import type { PackedPiece } from '../read-packed.ts'
import { readPlain } from '../read-plain.ts'
import type { PlainPiece } from '../read-plain.ts'
import { TableCache } from '../table-cache.ts'
import { hostOffset, parseL2Entry, parseSubcluster, qcow2Layout, subclusters } from './structs.ts'
import type { Qcow2Header, Qcow2Layout, Qcow2Mapping } from './structs.ts'
import type { Qcow2L1 } from './tables.ts'

interface Parts {
  readonly source: RandomAccessSource
  /** Where data clusters lie. */
  readonly dataSource: RandomAccessSource
  readonly header: Qcow2Header
  readonly l1: Qcow2L1
  readonly inflate: Inflate
}

/** A cluster, or a subcluster where there are such: what one mapping speaks of. */
interface Unit {
  readonly offset: number
  readonly mapping: Qcow2Mapping
}

const absent: Qcow2Mapping = { kind: 'absent' }

export class Qcow2Reader implements DiskReader {
  readonly virtualSizeBytes: number
  readonly blockSizeBytes: number
  readonly #parts: Parts
  readonly #layout: Qcow2Layout
  readonly #clusterBytes: number
  readonly #unitBytes: number
  readonly #bytesPerL2: number
  /** Offsets of L2 tables; 0 is none. */
  readonly #l1: Float64Array
  readonly #l2: TableCache
  readonly #packed: PackedReader

  static async open(parts: Parts, signal?: AbortSignal): Promise<Qcow2Reader> {
    const { l1Offset, l1Entries, virtualSizeBytes } = parts.l1
    const layout = qcow2Layout(parts.header)
    const clusterBytes = 2 ** layout.clusterBits
    const bytesPerL2 = (clusterBytes / (layout.hasExtendedL2 ? 16 : 8)) * clusterBytes
    const entries = Math.ceil(virtualSizeBytes / bytesPerL2)
    if (entries > l1Entries) throw corrupt('qcow2: the L1 table is too small for the virtual size')
    const l1 = new Float64Array(entries)
    const table = { offset: l1Offset, entries, entryBytes: 8, what: 'The qcow2 L1 table' }
    for await (const chunk of walkTable(parts.source, table, signal)) {
      for (let index = 0; index < chunk.entries; index++) {
        l1[chunk.firstEntry + index] = hostOffset(chunk.view.getUint32(index * 8), chunk.view.getUint32(index * 8 + 4))
      }
    }
    return new Qcow2Reader(parts, layout, l1)
  }

  private constructor(parts: Parts, layout: Qcow2Layout, l1: Float64Array) {
    this.#parts = parts
    this.#layout = layout
    this.#l1 = l1
    this.#clusterBytes = 2 ** layout.clusterBits
    this.#unitBytes = layout.hasExtendedL2 ? this.#clusterBytes / subclusters : this.#clusterBytes
    this.#bytesPerL2 = (this.#clusterBytes / (layout.hasExtendedL2 ? 16 : 8)) * this.#clusterBytes
    this.#l2 = new TableCache(parts.source, this.#clusterBytes, 'A qcow2 L2 table')
    this.#packed = new PackedReader(parts.source, {
      inflate: parts.inflate,
      unpackedBytes: this.#clusterBytes,
      what: 'A qcow2 compressed cluster',
    })
    this.virtualSizeBytes = parts.l1.virtualSizeBytes
    this.blockSizeBytes = this.#unitBytes
  }

  async *ranges(offset: number, length: number, signal?: AbortSignal): AsyncGenerator<DiskRange, void, undefined> {
    const end = offset + length
    for (let at = offset; at < end;) {
      const tableEnd = Math.min(end, (Math.floor(at / this.#bytesPerL2) + 1) * this.#bytesPerL2)
      const table = await this.#tableAt(at, signal)
      if (table === undefined) yield { offset: at, length: tableEnd - at, kind: 'absent' }
      else yield* this.#rangesOf(table, at, tableEnd)
      at = tableEnd
    }
  }

  async readInto(target: Buffer, offset: number, signal?: AbortSignal): Promise<void> {
    const end = offset + target.length
    const plain: PlainPiece[] = []
    const packed: PackedPiece[] = []
    for (let at = offset; at < end;) {
      const table = await this.#tableAt(at, signal)
      const tableEnd = Math.min(end, (Math.floor(at / this.#bytesPerL2) + 1) * this.#bytesPerL2)
      while (at < tableEnd) {
        const unit = this.#unitAt(table, at)
        const unitEnd = Math.min(end, unit.offset + this.#unitSpan(unit.mapping))
        const part = target.subarray(at - offset, unitEnd - offset)
        this.#sort(unit, at - unit.offset, part, plain, packed)
        at = unitEnd
      }
    }
    await readPlain(this.#parts.dataSource, plain, signal)
    await this.#packed.read(packed, signal)
  }

  #sort(unit: Unit, skip: number, part: Buffer, plain: PlainPiece[], packed: PackedPiece[]): void {
    const { mapping } = unit
    switch (mapping.kind) {
      case 'data':
        plain.push({ offset: mapping.offset + skip, target: part })
        break
      case 'compressed': {
        const length = Math.min(mapping.length, this.#parts.source.sizeBytes - mapping.offset)
        packed.push({ offset: mapping.offset, length, skip, target: part, minBytes: this.#clusterBytes })
        break
      }
      case 'contradiction':
        throw corrupt('qcow2: a subcluster is both data and zeros, or data without a place')
      case 'absent':
      case 'zero':
        part.fill(0)
    }
  }

  *#rangesOf(table: DataView, start: number, end: number): Generator<DiskRange, void, undefined> {
    let from = start
    let kind: RangeKind | undefined
    for (let at = start; at < end;) {
      const { mapping, offset } = this.#unitAt(table, at)
      const next: RangeKind = mapping.kind === 'absent' || mapping.kind === 'zero' ? mapping.kind : 'data'
      if (kind !== undefined && kind !== next) {
        yield { offset: from, length: at - from, kind }
        from = at
      }
      kind = next
      at = Math.min(end, offset + this.#unitSpan(mapping))
    }
    if (kind !== undefined) yield { offset: from, length: end - from, kind }
  }

  async #tableAt(guestOffset: number, signal?: AbortSignal): Promise<DataView | undefined> {
    const offset = this.#l1[Math.floor(guestOffset / this.#bytesPerL2)] ?? 0
    return offset === 0 ? undefined : this.#l2.get(offset, signal)
  }

  /** Compressed clusters have no subclusters. */
  #unitSpan(mapping: Qcow2Mapping): number {
    return mapping.kind === 'compressed' ? this.#clusterBytes : this.#unitBytes
  }

  #unitAt(table: DataView | undefined, guestOffset: number): Unit {
    const clusterOffset = guestOffset - (guestOffset % this.#clusterBytes)
    if (table === undefined) return { offset: guestOffset - (guestOffset % this.#unitBytes), mapping: absent }
    const index = (clusterOffset % this.#bytesPerL2) / this.#clusterBytes
    if (!this.#layout.hasExtendedL2) {
      return { offset: clusterOffset, mapping: parseL2Entry(table, index * 8, this.#layout) }
    }
    const subcluster = Math.floor((guestOffset - clusterOffset) / this.#unitBytes)
    const mapping = parseSubcluster(table, index * 16, subcluster, this.#layout)
    const offset = mapping.kind === 'compressed' ? clusterOffset : clusterOffset + subcluster * this.#unitBytes
    return { offset, mapping }
  }
}
