/**
 * Hands out the clusters of a new file from its start to its end and counts references. A full refcount block is written
 * as soon as the end has passed it, so memory does not grow with the file.
 */
import type { WriteQueue } from '../../write-queue.ts'

const entryBytes = 2

export class ClusterAllocator {
  readonly #queue: WriteQueue
  readonly #clusterBytes: number
  readonly #entriesPerBlock: number
  /** Offsets of the refcount blocks that are written. */
  readonly #blocks: number[] = []
  /** Counts of clusters that no written block covers, block by block. */
  #counts: Buffer[] = []
  #nextCluster = 0
  /** Where the next compressed cluster may go on inside the last one, or -1. */
  #packedEnd = -1

  constructor(queue: WriteQueue, clusterBytes: number) {
    this.#queue = queue
    this.#clusterBytes = clusterBytes
    this.#entriesPerBlock = clusterBytes / entryBytes
  }

  get fileBytes(): number {
    return this.#nextCluster * this.#clusterBytes
  }

  /** Whole clusters in a row. @returns the offset of the first */
  async allocate(clusters: number): Promise<number> {
    const first = this.#nextCluster
    this.#nextCluster += clusters
    for (let cluster = first; cluster < first + clusters; cluster++) this.#count(cluster)
    this.#packedEnd = -1
    await this.#flushFullBlocks()
    return first * this.#clusterBytes
  }

  /** Room for compressed bytes right behind the ones before, across cluster borders where need be. @returns its offset */
  async allocatePacked(length: number): Promise<number> {
    if (this.#packedEnd < 0) this.#packedEnd = this.#nextCluster * this.#clusterBytes
    const offset = this.#packedEnd
    this.#packedEnd += length
    const last = Math.floor((this.#packedEnd - 1) / this.#clusterBytes)
    for (let cluster = Math.floor(offset / this.#clusterBytes); cluster <= last; cluster++) this.#count(cluster)
    this.#nextCluster = Math.max(this.#nextCluster, last + 1)
    await this.#flushFullBlocks()
    return offset
  }

  /** Writes what is left, and the refcount table. @returns where the table is and how many clusters it takes */
  async finish(): Promise<{ readonly tableOffset: number; readonly tableClusters: number }> {
    this.#packedEnd = -1
    // The table's own clusters and those of the blocks to come are counted before the blocks are written.
    const clusterBytes = this.#clusterBytes
    let tableClusters = 1
    let total = 0
    for (let isStable = false; !isStable;) {
      total = this.#nextCluster + tableClusters
      let blocks = this.#blocks.length
      while (blocks * this.#entriesPerBlock < total + (blocks - this.#blocks.length)) blocks++
      const wanted = Math.ceil((blocks * 8) / clusterBytes)
      isStable = wanted <= tableClusters
      tableClusters = Math.max(wanted, tableClusters)
    }
    const tableOffset = this.#nextCluster * clusterBytes
    for (let index = 0; index < tableClusters; index++) this.#count(this.#nextCluster++)
    while (this.#blocks.length * this.#entriesPerBlock < this.#nextCluster) await this.#flushBlock()
    const table = Buffer.alloc(tableClusters * clusterBytes)
    this.#blocks.forEach((offset, index) => table.writeBigUInt64BE(BigInt(offset), index * 8))
    await this.#queue.push(tableOffset, table)
    return { tableOffset, tableClusters }
  }

  #count(cluster: number): void {
    const index = Math.floor(cluster / this.#entriesPerBlock) - this.#blocks.length
    while (this.#counts.length <= index) this.#counts.push(Buffer.alloc(this.#clusterBytes))
    const block = this.#counts[index]
    const at = (cluster % this.#entriesPerBlock) * entryBytes
    block?.writeUInt16BE(block.readUInt16BE(at) + 1, at)
  }

  async #flushFullBlocks(): Promise<void> {
    while ((this.#blocks.length + 1) * this.#entriesPerBlock < this.#nextCluster) await this.#flushBlock()
  }

  /** The block takes a cluster of its own, which may be one of those that it counts itself. */
  async #flushBlock(): Promise<void> {
    const offset = this.#nextCluster * this.#clusterBytes
    this.#count(this.#nextCluster++)
    this.#packedEnd = -1
    const block = this.#counts.shift() ?? Buffer.alloc(this.#clusterBytes)
    this.#blocks.push(offset)
    await this.#queue.push(offset, block)
  }
}
