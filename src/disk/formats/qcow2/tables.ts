/**
 * Walks refcount table, snapshot table, L1 and L2: every cluster that they name must lie inside the file and be named once.
 * Memory is bounded by chunked reads and the claim maps, time by the limit on table bytes.
 */
import { assertInside, readInside, walkTable } from '../../bounds.ts'
import { ClaimMap } from '../../claim-map.ts'
import { corrupt, tooLarge, truncated } from '../../disk-error.ts'
import { minTableCostBytes } from '../../limits.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { InspectContext } from '../format.ts'
import { hostOffset, incompatible, parseL2Entry } from './structs.ts'
import type { Qcow2Header, Qcow2Layout } from './structs.ts'

/** No codec makes a cluster smaller than this: more mappings than that into the file mean that they share data. */
const minCompressedBytes = 8

export interface Qcow2TablesReport {
  readonly allocatedBytes: number
  readonly compressedClusters: number
  readonly tablesChecked: 'all' | 'part'
}

export async function checkQcow2Tables(
  source: RandomAccessSource,
  header: Qcow2Header,
  context: InspectContext,
): Promise<Qcow2TablesReport> {
  const walk = new TableWalk(source, header, context)
  await walk.claimMetadata()
  return walk.checkMappings()
}

class TableWalk {
  readonly #source: RandomAccessSource
  readonly #header: Qcow2Header
  readonly #context: InspectContext
  readonly #clusterBytes: number
  readonly #layout: Qcow2Layout
  readonly #exclusive: ClaimMap
  readonly #compressed: ClaimMap
  #tableBytes = 0
  #dataClusters = 0
  #compressedClusters = 0

  constructor(source: RandomAccessSource, header: Qcow2Header, context: InspectContext) {
    this.#source = source
    this.#header = header
    this.#context = context
    this.#clusterBytes = 2 ** header.clusterBits
    this.#layout = {
      version: header.version,
      clusterBits: header.clusterBits,
      hasExtendedL2: (header.incompatibleLow & incompatible.extendedL2) !== 0,
    }
    this.#exclusive = new ClaimMap(source.sizeBytes, this.#clusterBytes)
    this.#compressed = new ClaimMap(source.sizeBytes, this.#clusterBytes)
  }

  async claimMetadata(): Promise<void> {
    const header = this.#header
    this.#claim(0, 1, 'the header')
    this.#claim(header.l1Offset, header.l1Entries * 8, 'the L1 table')
    await this.#claimRefcounts()
    await this.#claimSnapshots()
  }

  async checkMappings(): Promise<Qcow2TablesReport> {
    const table = {
      offset: this.#header.l1Offset,
      entries: this.#header.l1Entries,
      entryBytes: 8,
      what: 'The qcow2 L1 table',
    }
    let isWhole = this.#exclusive.isTracking
    for await (const { view, firstEntry, entries } of walkTable(this.#source, table, this.#context.signal)) {
      for (let index = 0; index < entries; index++) {
        const offset = hostOffset(view.getUint32(index * 8), view.getUint32(index * 8 + 4))
        if (offset === 0) continue
        this.#claimCluster(offset, 'an L2 table')
        this.#tableBytes += Math.max(this.#clusterBytes, minTableCostBytes)
        if (this.#tableBytes > this.#context.limits.maxTableBytes) isWhole = false
        else await this.#checkL2(offset, firstEntry + index)
      }
    }
    return {
      allocatedBytes: (this.#dataClusters + this.#compressedClusters) * this.#clusterBytes,
      compressedClusters: this.#compressedClusters,
      tablesChecked: isWhole ? 'all' : 'part',
    }
  }

  async #checkL2(offset: number, l1Index: number): Promise<void> {
    const bytes = await readInside(this.#source, offset, this.#clusterBytes, 'A qcow2 L2 table', this.#context.signal)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const entryBytes = this.#layout.hasExtendedL2 ? 16 : 8
    const entries = this.#clusterBytes / entryBytes
    const compressedOffsets: number[] = []
    for (let index = 0; index < entries; index++) {
      const high = view.getUint32(index * entryBytes)
      const low = view.getUint32(index * entryBytes + 4)
      if (high === 0 && low === 0) continue
      const mapping = parseL2Entry(high, low, this.#layout)
      if (mapping.kind === 'data') this.#checkData(mapping.offset, (l1Index * entries + index) * this.#clusterBytes)
      else if (mapping.kind === 'compressed') {
        this.#checkCompressed(mapping.offset, mapping.length)
        compressedOffsets.push(mapping.offset)
      }
    }
    this.#assertDistinct(compressedOffsets)
  }

  /** The last cluster of the disk need not be in the file to its end. */
  #checkData(offset: number, guestOffset: number): void {
    const guestBytes = Math.min(this.#clusterBytes, Math.max(0, this.#header.virtualSizeBytes - guestOffset))
    if (offset % this.#clusterBytes !== 0) throw corrupt('qcow2: a data cluster is not aligned')
    assertInside(this.#source.sizeBytes, offset, Math.max(guestBytes, 1), 'A qcow2 data cluster')
    if (!this.#exclusive.claim(offset, 1) || this.#compressed.has(offset)) throw shared('a data cluster')
    this.#dataClusters++
  }

  /** Lengths are whole sectors, so the last one may end up to 511 bytes after the file does. */
  #checkCompressed(offset: number, length: number): void {
    const roundedFileBytes = Math.ceil(this.#source.sizeBytes / 512) * 512
    if (offset >= this.#source.sizeBytes) throw truncated('A qcow2 compressed cluster')
    assertInside(roundedFileBytes, offset, length, 'A qcow2 compressed cluster')
    if (this.#exclusive.has(offset)) throw shared('a compressed cluster')
    this.#compressed.claim(offset, 1)
    this.#compressedClusters++
    if (this.#compressedClusters * minCompressedBytes > this.#source.sizeBytes) throw shared('compressed data')
  }

  #assertDistinct(offsets: readonly number[]): void {
    const sorted = Float64Array.from(offsets).sort()
    for (let index = 1; index < sorted.length; index++) {
      if (sorted[index] === sorted[index - 1]) throw shared('compressed data')
    }
  }

  async #claimRefcounts(): Promise<void> {
    const { refcountTableOffset: offset, refcountTableClusters } = this.#header
    const entries = (refcountTableClusters * this.#clusterBytes) / 8
    const table = { offset, entries, entryBytes: 8, what: 'The qcow2 reference count table' }
    this.#claim(offset, entries * 8, 'the reference count table')
    for await (const chunk of walkTable(this.#source, table, this.#context.signal)) {
      for (let index = 0; index < chunk.entries; index++) {
        const high = chunk.view.getUint32(index * 8)
        const low = chunk.view.getUint32(index * 8 + 4)
        const block = high * 0x1_0000_0000 + ((low & 0xfffffe00) >>> 0)
        if (block !== 0) this.#claimCluster(block, 'a reference count block')
      }
    }
  }

  async #claimSnapshots(): Promise<void> {
    const { snapshotCount, snapshotsOffset } = this.#header
    if (snapshotCount === 0) return
    if (snapshotsOffset % this.#clusterBytes !== 0) throw corrupt('qcow2: the snapshot table is not aligned')
    let at = snapshotsOffset
    for (let index = 0; index < snapshotCount; index++) {
      const entry = await readInside(this.#source, at, 40, 'The qcow2 snapshot table', this.#context.signal)
      this.#checkSnapshotL1(entry.readUInt32BE(0) * 0x1_0000_0000 + entry.readUInt32BE(4), entry.readUInt32BE(8))
      const extraBytes = entry.readUInt32BE(36)
      if (extraBytes > 1024) throw corrupt('qcow2: a snapshot has too much extra data')
      const bytes = 40 + extraBytes + entry.readUInt16BE(12) + entry.readUInt16BE(14)
      assertInside(this.#source.sizeBytes, at, bytes, 'The qcow2 snapshot table')
      at += Math.ceil(bytes / 8) * 8
    }
    this.#claim(snapshotsOffset, Math.min(at, this.#source.sizeBytes) - snapshotsOffset, 'the snapshot table')
  }

  /** Snapshots share L2 tables and data with the disk, so only their L1 is checked here. */
  #checkSnapshotL1(offset: number, entries: number): void {
    if (entries * 8 > 32 * 1024 ** 2) throw tooLarge('The L1 table of a qcow2 snapshot', '32 MiB')
    if (offset % this.#clusterBytes !== 0) throw corrupt('qcow2: the L1 table of a snapshot is not aligned')
    if (entries > 0) this.#claim(offset, entries * 8, 'the L1 table of a snapshot')
  }

  #claimCluster(offset: number, what: string): void {
    if (offset % this.#clusterBytes !== 0) throw corrupt(`qcow2: ${what} is not aligned`)
    this.#claim(offset, this.#clusterBytes, what)
  }

  #claim(offset: number, length: number, what: string): void {
    assertInside(this.#source.sizeBytes, offset, length, `qcow2: ${what}`)
    if (!this.#exclusive.claim(offset, length)) throw shared(what)
  }
}

function shared(what: string): Error {
  return corrupt(`qcow2: ${what} shares its place with something else`)
}
