/** Writes a qcow2 from its start to its end: clusters as they come, each L2 table when it is full, then L1 and the header. */
import { nonZeroRuns } from '../../algebra/non-zero-runs.ts'
import type { Deflate } from '../../codec/deflate.ts'
import { countdown } from '../../countdown.ts'
import { tooLarge } from '../../disk-error.ts'
import type { DataExtent, DiskExtent } from '../../disk.ts'
import type { DiskTarget } from '../../disk-target.ts'
import type { DiskWriter } from '../../disk-writer.ts'
import { JoinedWrites } from '../../joined-writes.ts'
import { OrderedWork } from '../../ordered-work.ts'
import { WriteQueue } from '../../write-queue.ts'
import { BlockPacker } from '../block-packer.ts'
import type { PackedBatch } from '../block-packer.ts'
import { ClusterAllocator } from './cluster-allocator.ts'
import { makeQcow2Header } from './make-header.ts'

export interface Qcow2WriterOptions {
  readonly clusterBytes: number
  readonly version: 2 | 3
  readonly isZstd: boolean
  /** Absent: clusters are written as they are. */
  readonly deflate: Deflate | undefined
}

const copied = 0x8000_0000
const compressed = 0x4000_0000
const maxL1Bytes = 32 * 1024 ** 2
/** Extents whose clusters are being packed at once. */
const maxPacking = 3

export class Qcow2Writer implements DiskWriter {
  readonly blockBytes: number
  readonly #target: DiskTarget
  readonly #options: Qcow2WriterOptions
  readonly #queue: WriteQueue
  readonly #allocator: ClusterAllocator
  /** Undefined: clusters are written as they are. */
  readonly #packer: BlockPacker | undefined
  readonly #packing: OrderedWork<PackedBatch>
  readonly #packedWrites: JoinedWrites
  readonly #bytesPerL2: number
  /** Offsets of the L2 tables by their place in L1. */
  readonly #l1 = new Map<number, number>()
  #l2: Buffer
  #l2Index = -1

  constructor(target: DiskTarget, options: Qcow2WriterOptions) {
    this.blockBytes = options.clusterBytes
    this.#target = target
    this.#options = options
    this.#queue = new WriteQueue(target)
    this.#allocator = new ClusterAllocator(this.#queue, options.clusterBytes)
    const { clusterBytes, deflate } = options
    // Packed to no less than a cluster, it is stored as it is.
    this.#packer = deflate === undefined ? undefined : new BlockPacker(clusterBytes, clusterBytes - 1, deflate)
    this.#packing = new OrderedWork(maxPacking, (batch) => this.#placePacked(batch))
    this.#packedWrites = new JoinedWrites(this.#queue)
    this.#bytesPerL2 = (options.clusterBytes / 8) * options.clusterBytes
    this.#l2 = Buffer.alloc(options.clusterBytes)
  }

  async write(extent: DiskExtent): Promise<void> {
    if (extent.kind !== 'data') return
    if (this.#allocator.fileBytes === 0) await this.#allocator.allocate(1)
    if (this.#packer === undefined) await this.#writePlain(extent)
    else await this.#packing.begin(this.#packer.pack(extent))
  }

  async finish(virtualSizeBytes: number): Promise<void> {
    await this.#packing.drain()
    await this.#packedWrites.flush()
    if (this.#allocator.fileBytes === 0) await this.#allocator.allocate(1)
    await this.#flushL2()
    const { clusterBytes, version, isZstd } = this.#options
    const l1Entries = Math.ceil(virtualSizeBytes / this.#bytesPerL2)
    if (l1Entries * 8 > maxL1Bytes) throw tooLarge('A qcow2 with clusters of this size', '32 MiB of L1 table')
    const l1 = Buffer.alloc(Math.ceil((l1Entries * 8) / clusterBytes) * clusterBytes)
    for (const [index, offset] of this.#l1) writeEntry(l1, index, copied, offset)
    const l1Offset = await this.#allocator.allocate(l1.length / clusterBytes)
    await this.#queue.push(l1Offset, l1)
    const { tableOffset, tableClusters } = await this.#allocator.finish()
    const header = makeQcow2Header({
      version,
      clusterBits: Math.log2(clusterBytes),
      virtualSizeBytes,
      l1Entries,
      l1Offset,
      refcountTableOffset: tableOffset,
      refcountTableClusters: tableClusters,
      isZstd,
    })
    await this.#queue.push(0, header)
    await this.#queue.drain()
    await this.#target.setSize(this.#allocator.fileBytes)
  }

  async settle(): Promise<void> {
    await this.#packing.settle()
    await this.#queue.settle()
  }

  async #writePlain({ offset, data, release }: DataExtent): Promise<void> {
    const { clusterBytes } = this.#options
    const runs = nonZeroRuns(data, clusterBytes)
    const done = countdown(runs.length, release)
    for (const { start, end } of runs) {
      const clusters = Math.ceil((end - start) / clusterBytes)
      const host = await this.#allocator.allocate(clusters)
      for (let index = 0; index < clusters; index++) {
        const guestOffset = offset + start + index * clusterBytes
        const opening = this.#openL2(guestOffset)
        if (opening !== undefined) await opening
        this.#map(guestOffset, copied, host + index * clusterBytes)
      }
      await this.#queue.push(host, data.subarray(start, end), done)
    }
  }

  async #placePacked({ blocks, release }: PackedBatch): Promise<void> {
    for (const { offset, bytes, isPacked } of blocks) {
      const host = isPacked ? await this.#allocator.allocatePacked(bytes.length) : await this.#allocator.allocate(1)
      await this.#openL2(offset)
      this.#map(offset, isPacked ? this.#packedFlags(host, bytes.length) : copied, host)
      await this.#packedWrites.add(host, bytes)
    }
    release()
  }

  /** Number of further sectors, above the bits of the offset. */
  #packedFlags(host: number, length: number): number {
    const sectors = Math.floor((host + length - 1) / 512) - Math.floor(host / 512)
    const highOffsetBits = 62 - (Math.log2(this.#options.clusterBytes) - 8) - 32
    return (compressed | (sectors << highOffsetBits)) >>> 0
  }

  /** Resolves when the table that maps `guestOffset` is at hand. Without a promise where it already is: clusters are many. */
  #openL2(guestOffset: number): Promise<void> | undefined {
    const l1Index = Math.floor(guestOffset / this.#bytesPerL2)
    if (l1Index === this.#l2Index) return undefined
    return this.#flushL2().then(() => {
      this.#l2Index = l1Index
    })
  }

  #map(guestOffset: number, highBits: number, host: number): void {
    writeEntry(this.#l2, (guestOffset % this.#bytesPerL2) / this.#options.clusterBytes, highBits, host)
  }

  async #flushL2(): Promise<void> {
    if (this.#l2Index < 0) return
    const offset = await this.#allocator.allocate(1)
    this.#l1.set(this.#l2Index, offset)
    await this.#queue.push(offset, this.#l2)
    this.#l2 = Buffer.alloc(this.#options.clusterBytes)
    this.#l2Index = -1
  }
}

function writeEntry(table: Buffer, index: number, highBits: number, offset: number): void {
  table.writeUInt32BE((highBits | Math.floor(offset / 0x1_0000_0000)) >>> 0, index * 8)
  table.writeUInt32BE(offset % 0x1_0000_0000, index * 8 + 4)
}
