/**
 * Walks refcount table, snapshot table, L1 and L2: every cluster that they name must lie inside the file and be named once.
 * Memory is bounded by chunked reads and the claim maps, time by the limit on table bytes.
 */
import { assertInside, readInside, walkTable } from '../../bounds.ts'
import { ClaimMap } from '../../claim-map.ts'
import { corrupt, truncated } from '../../disk-error.ts'
import { minTableCostBytes } from '../../limits.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { InspectContext } from '../format.ts'
import { readQcow2Snapshots } from './snapshots.ts'
import { hostOffset, parseL2Entry, parseSubcluster, qcow2Layout, subclusters } from './structs.ts'
import type { Qcow2Header, Qcow2Layout } from './structs.ts'

/** No codec makes a cluster smaller than this: more mappings than that into the file mean that they share data. */
const minCompressedBytes = 8

export interface Qcow2TablesReport {
  readonly allocatedBytes: number
  readonly compressedClusters: number
  readonly tablesChecked: 'all' | 'part'
}

/** Which of the mappings in the file are walked: those of the disk's present state, or of one snapshot. */
export interface Qcow2L1 {
  readonly l1Offset: number
  readonly l1Entries: number
  readonly virtualSizeBytes: number
}

/**
 * @param dataFile the file that the data lies in, when it is another one and open
 * @throws DiskError
 */
export async function checkQcow2Tables(
  source: RandomAccessSource,
  header: Qcow2Header,
  context: InspectContext,
  { l1 = header, dataFile }: { readonly l1?: Qcow2L1; readonly dataFile?: RandomAccessSource } = {},
): Promise<Qcow2TablesReport> {
  const walk = new TableWalk(source, header, context, dataFile)
  await walk.claimMetadata()
  return walk.checkMappings(l1)
}

class TableWalk {
  readonly #source: RandomAccessSource
  readonly #header: Qcow2Header
  readonly #context: InspectContext
  readonly #clusterBytes: number
  readonly #layout: Qcow2Layout
  readonly #exclusive: ClaimMap
  readonly #compressed: ClaimMap
  /** Where data clusters lie: the image itself, its data file, or (undefined) a file that is not open. */
  readonly #data: { readonly sizeBytes: number; readonly claims: ClaimMap } | undefined
  #tableBytes = 0
  #dataClusters = 0
  #compressedClusters = 0

  constructor(
    source: RandomAccessSource,
    header: Qcow2Header,
    context: InspectContext,
    dataFile: RandomAccessSource | undefined,
  ) {
    this.#source = source
    this.#header = header
    this.#context = context
    this.#clusterBytes = 2 ** header.clusterBits
    this.#layout = qcow2Layout(header)
    this.#exclusive = new ClaimMap(source.sizeBytes, this.#clusterBytes)
    this.#compressed = new ClaimMap(source.sizeBytes, this.#clusterBytes)
    if (!this.#layout.hasDataFile) this.#data = { sizeBytes: source.sizeBytes, claims: this.#exclusive }
    else if (dataFile !== undefined) {
      this.#data = { sizeBytes: dataFile.sizeBytes, claims: new ClaimMap(dataFile.sizeBytes, this.#clusterBytes) }
    }
  }

  async claimMetadata(): Promise<void> {
    const header = this.#header
    this.#claim(0, 1, 'the header')
    this.#claim(header.l1Offset, header.l1Entries * 8, 'the L1 table')
    await this.#claimRefcounts()
    await this.#claimSnapshots()
  }

  async checkMappings(l1: Qcow2L1): Promise<Qcow2TablesReport> {
    const table = {
      offset: l1.l1Offset,
      entries: l1.l1Entries,
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
        else await this.#checkL2(offset, firstEntry + index, l1.virtualSizeBytes)
      }
    }
    return {
      allocatedBytes: (this.#dataClusters + this.#compressedClusters) * this.#clusterBytes,
      compressedClusters: this.#compressedClusters,
      tablesChecked: isWhole ? 'all' : 'part',
    }
  }

  async #checkL2(offset: number, l1Index: number, virtualSizeBytes: number): Promise<void> {
    const bytes = await readInside(this.#source, offset, this.#clusterBytes, 'A qcow2 L2 table', this.#context.signal)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const entryBytes = this.#layout.hasExtendedL2 ? 16 : 8
    const entries = this.#clusterBytes / entryBytes
    const compressedOffsets: number[] = []
    for (let index = 0; index < entries; index++) {
      const mapping = parseL2Entry(view, index * entryBytes, this.#layout)
      if (mapping.kind === 'absent') continue
      if (mapping.kind === 'data') {
        const guestBytes = virtualSizeBytes - (l1Index * entries + index) * this.#clusterBytes
        this.#checkData(mapping.offset, Math.min(this.#clusterBytes, Math.max(1, guestBytes)))
      } else if (mapping.kind === 'compressed') {
        this.#checkCompressed(mapping.offset, mapping.length)
        compressedOffsets.push(mapping.offset)
      }
      if (this.#layout.hasExtendedL2) this.#checkSubclusters(view, index * entryBytes)
    }
    this.#assertDistinct(compressedOffsets)
  }

  #checkSubclusters(view: DataView, entryOffset: number): void {
    for (let subcluster = 0; subcluster < subclusters; subcluster++) {
      if (parseSubcluster(view, entryOffset, subcluster, this.#layout).kind === 'contradiction') {
        throw corrupt('qcow2: a subcluster is both data and zeros, or data without a place')
      }
    }
  }

  /** @param guestBytes the last cluster of the disk need not be in the file to its end */
  #checkData(offset: number, guestBytes: number): void {
    this.#dataClusters++
    if (offset % this.#clusterBytes !== 0) throw corrupt('qcow2: a data cluster is not aligned')
    if (this.#data === undefined) return
    assertInside(this.#data.sizeBytes, offset, guestBytes, 'A qcow2 data cluster')
    if (!this.#data.claims.claim(offset, 1)) throw shared('a data cluster')
    if (!this.#layout.hasDataFile && this.#compressed.has(offset)) throw shared('a data cluster')
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

  /** Snapshots share L2 tables and data with the disk, so only their L1 is checked here. */
  async #claimSnapshots(): Promise<void> {
    const { snapshots, tableBytes } = await readQcow2Snapshots(this.#source, this.#header, this.#context.signal)
    for (const { l1Offset, l1Entries } of snapshots) {
      if (l1Entries > 0) this.#claim(l1Offset, l1Entries * 8, 'the L1 table of a snapshot')
    }
    this.#claim(this.#header.snapshotsOffset, tableBytes, 'the snapshot table')
  }

  #claimCluster(offset: number, what: string): void {
    if (offset % this.#clusterBytes !== 0) throw corrupt(`qcow2: ${what} is not aligned`)
    this.#claim(offset, this.#clusterBytes, what)
  }

  #claim(offset: number, length: number, what: string): void {
    if (length === 0) return
    assertInside(this.#source.sizeBytes, offset, length, `qcow2: ${what}`)
    if (!this.#exclusive.claim(offset, length)) throw shared(what)
  }
}

function shared(what: string): Error {
  return corrupt(`qcow2: ${what} shares its place with something else`)
}
