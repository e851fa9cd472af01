/**
 * The reference counts of an image held against what its tables really refer to, snapshots and bitmaps included: clusters
 * that are counted and not used are lost space, clusters that are used and not counted would be given away by the next writer.
 */
import { assertInside, readInside, u64be, walkTable } from '../../bounds.ts'
import { corrupt, tooLarge } from '../../disk-error.ts'
import { minTableCostBytes } from '../../limits.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { InspectContext, SpaceUse } from '../format.ts'
import { readQcow2Head } from './header.ts'
import { readQcow2Snapshots } from './snapshots.ts'
import { hostOffset, parseL2Entry, qcow2Layout } from './structs.ts'
import type { Qcow2Header, Qcow2Layout } from './structs.ts'
import type { Qcow2L1 } from './tables.ts'

/** 128 MiB of counters; with clusters of 64 KiB an image of 4 TiB. */
const maxClusters = 64 * 1024 ** 2
const maxCount = 0xffff
const bitmapEntryBytes = 24

/** @throws DiskError `corrupt` when a cluster has fewer counted references than it has, `too-large` when there is too much to count */
export async function checkQcow2Refcounts(source: RandomAccessSource, context: InspectContext): Promise<SpaceUse> {
  const { header, bitmaps } = await readQcow2Head(source, context)
  const walk = new ReferenceWalk(source, header, context)
  await walk.countMetadata()
  if (bitmaps !== undefined) await walk.countBitmaps(bitmaps)
  return walk.compare()
}

class ReferenceWalk {
  readonly #source: RandomAccessSource
  readonly #header: Qcow2Header
  readonly #signal: AbortSignal | undefined
  readonly #layout: Qcow2Layout
  readonly #clusterBytes: number
  /** References to each cluster of the file, as far as 16 bits go. */
  readonly #counts: Uint16Array
  readonly #maxTableBytes: number
  #tableBytes = 0

  constructor(source: RandomAccessSource, header: Qcow2Header, { signal, limits }: InspectContext) {
    this.#source = source
    this.#header = header
    this.#signal = signal
    this.#maxTableBytes = limits.maxTableBytes
    this.#layout = qcow2Layout(header)
    this.#clusterBytes = 2 ** header.clusterBits
    const clusters = Math.ceil(source.sizeBytes / this.#clusterBytes)
    if (clusters > maxClusters)
      throw tooLarge('The number of clusters whose references can be counted', `${maxClusters}`)
    this.#counts = new Uint16Array(clusters)
  }

  async countMetadata(): Promise<void> {
    const header = this.#header
    this.#count(0, this.#clusterBytes)
    this.#count(header.refcountTableOffset, header.refcountTableClusters * this.#clusterBytes)
    for await (const block of this.#refcountBlocks()) if (block !== 0) this.#count(block, this.#clusterBytes)
    const { snapshots, tableBytes } = await readQcow2Snapshots(this.#source, header, this.#signal)
    this.#count(header.snapshotsOffset, tableBytes)
    for (const l1 of [header, ...snapshots]) await this.#countMappings(l1)
  }

  /** @param bytes the header extension: how many bitmaps, and where their directory is */
  async countBitmaps(bytes: Buffer): Promise<void> {
    if (bytes.length < 24) throw corrupt('qcow2: the bitmaps extension is too short')
    const [directoryBytes, directoryOffset] = [u64be(bytes, 8), u64be(bytes, 16)]
    const what = 'The qcow2 bitmap directory'
    const directory = await readInside(this.#source, directoryOffset, directoryBytes, what, this.#signal)
    this.#count(directoryOffset, directoryBytes)
    for (let at = 0; at + bitmapEntryBytes <= directory.length;) {
      const [offset, entries] = [u64be(directory, at), directory.readUInt32BE(at + 8)]
      const [nameBytes, extraBytes] = [directory.readUInt16BE(at + 18), directory.readUInt32BE(at + 20)]
      this.#count(offset, entries * 8)
      const table = { offset, entries, entryBytes: 8, what: 'A qcow2 bitmap table' }
      for await (const { view, entries: count } of walkTable(this.#source, table, this.#signal)) {
        for (let index = 0; index < count; index++) {
          const cluster = hostOffset(view.getUint32(index * 8), view.getUint32(index * 8 + 4))
          if (cluster !== 0) this.#count(cluster, this.#clusterBytes)
        }
      }
      at += Math.ceil((bitmapEntryBytes + extraBytes + nameBytes) / 8) * 8
    }
  }

  async compare(): Promise<SpaceUse> {
    const entriesPerBlock = (this.#clusterBytes * 8) / 2 ** this.#header.refcountOrder
    let leakedClusters = 0
    let first = 0
    for await (const offset of this.#refcountBlocks()) {
      const what = 'A qcow2 reference count block'
      const block =
        offset === 0 ? undefined : await readInside(this.#source, offset, this.#clusterBytes, what, this.#signal)
      const end = Math.min(first + entriesPerBlock, this.#counts.length)
      for (let cluster = first; cluster < end; cluster++) {
        const counted = block === undefined ? 0 : readRefcount(block, cluster - first, this.#header.refcountOrder)
        const used = this.#counts[cluster] ?? 0
        if (used > Math.min(counted, maxCount)) throw tooFew()
        if (counted > used && used < maxCount) leakedClusters++
      }
      first += entriesPerBlock
    }
    if (this.#counts.subarray(first).some((used) => used > 0)) throw tooFew()
    return { leakedClusters, leakedBytes: leakedClusters * this.#clusterBytes }
  }

  async *#refcountBlocks(): AsyncGenerator<number, void, undefined> {
    const { refcountTableOffset: offset, refcountTableClusters } = this.#header
    const entries = (refcountTableClusters * this.#clusterBytes) / 8
    const table = { offset, entries, entryBytes: 8, what: 'The qcow2 reference count table' }
    for await (const { view, entries: count } of walkTable(this.#source, table, this.#signal)) {
      for (let index = 0; index < count; index++) {
        yield view.getUint32(index * 8) * 0x1_0000_0000 + ((view.getUint32(index * 8 + 4) & 0xfffffe00) >>> 0)
      }
    }
  }

  async #countMappings({ l1Offset, l1Entries }: Qcow2L1): Promise<void> {
    this.#count(l1Offset, l1Entries * 8)
    this.#spend(l1Entries * 8)
    const table = { offset: l1Offset, entries: l1Entries, entryBytes: 8, what: 'A qcow2 L1 table' }
    for await (const { view, entries } of walkTable(this.#source, table, this.#signal)) {
      for (let index = 0; index < entries; index++) {
        const offset = hostOffset(view.getUint32(index * 8), view.getUint32(index * 8 + 4))
        if (offset !== 0) await this.#countL2(offset)
      }
    }
  }

  async #countL2(offset: number): Promise<void> {
    this.#count(offset, this.#clusterBytes)
    this.#spend(this.#clusterBytes)
    const bytes = await readInside(this.#source, offset, this.#clusterBytes, 'A qcow2 L2 table', this.#signal)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const entryBytes = this.#layout.hasExtendedL2 ? 16 : 8
    for (let at = 0; at < bytes.length; at += entryBytes) {
      const mapping = parseL2Entry(view, at, this.#layout)
      if (mapping.kind === 'compressed') this.#count(mapping.offset, mapping.length)
      if (this.#layout.hasDataFile || mapping.kind === 'compressed') continue
      // Also a cluster of zeros may keep its place in the file.
      const host = hostOffset(view.getUint32(at), view.getUint32(at + 4))
      if (host !== 0) this.#count(host, this.#clusterBytes)
    }
  }

  /** Many snapshots can name the same tables again and again: what bounds the time. */
  #spend(tableBytes: number): void {
    this.#tableBytes += Math.max(tableBytes, minTableCostBytes)
    if (this.#tableBytes > this.#maxTableBytes) throw tooLarge('The tables to count', `${this.#maxTableBytes} bytes`)
  }

  /** One reference to each cluster of the range; its end may lie behind that of the file by less than a cluster. */
  #count(offset: number, length: number): void {
    if (length === 0) return
    const clusterBytes = this.#clusterBytes
    assertInside(this.#counts.length * clusterBytes, offset, length, 'qcow2: something that is referred to')
    const last = Math.floor((offset + length - 1) / clusterBytes)
    for (let cluster = Math.floor(offset / clusterBytes); cluster <= last; cluster++) {
      this.#counts[cluster] = Math.min(maxCount, (this.#counts[cluster] ?? 0) + 1)
    }
  }
}

/** @param order the width of an entry is 2 to the power of it, in bits */
function readRefcount(block: Buffer, index: number, order: number): number {
  if (order === 6) return u64be(block, index * 8)
  if (order === 5) return block.readUInt32BE(index * 4)
  if (order === 4) return block.readUInt16BE(index * 2)
  const bits = 2 ** order
  const byte = block.readUInt8(Math.floor((index * bits) / 8))
  return (byte >>> ((index * bits) % 8)) & (2 ** bits - 1)
}

function tooFew(): Error {
  return corrupt('qcow2: clusters are in use that the reference counts say are free')
}
