/** Writes streamOptimized from its start to its end: packed grains, a table behind each 512 of them, directory, footer. */
import type { Deflate } from '../../codec/deflate.ts'
import { corrupt, tooLarge } from '../../disk-error.ts'
import type { DiskExtent } from '../../disk.ts'
import type { DiskTarget } from '../../disk-target.ts'
import type { DiskWriter } from '../../disk-writer.ts'
import { JoinedWrites } from '../../joined-writes.ts'
import { OrderedWork } from '../../ordered-work.ts'
import { WriteQueue } from '../../write-queue.ts'
import { BlockPacker } from '../block-packer.ts'
import type { PackedBatch } from '../block-packer.ts'
import { makeVmdkDescriptor } from './make-descriptor.ts'
import type { DescriptorOptions } from './make-descriptor.ts'
import { makeVmdkHeader, newEntriesPerTable, newGrainSectors } from './make-header.ts'
import { grainMarkerBytes, markerType, vmdkSectorBytes } from './structs.ts'

interface StreamWriterOptions {
  /** Undefined: the header is written at the end, which takes a target that can seek. */
  readonly virtualSizeBytes: number | undefined
  readonly descriptor: DescriptorOptions
  readonly deflate: Deflate
}

const grainBytes = newGrainSectors * vmdkSectorBytes
const overheadSectors = newGrainSectors
const maxPackedBytes = grainBytes + 4096
const maxSectors = 2 ** 32
/** Extents whose grains are being packed at once. */
const maxPacking = 3

export class StreamWriter implements DiskWriter {
  readonly blockBytes = grainBytes
  readonly #target: DiskTarget
  readonly #options: StreamWriterOptions
  readonly #queue: WriteQueue
  readonly #writes: JoinedWrites
  readonly #packer: BlockPacker
  readonly #packing: OrderedWork<PackedBatch>
  /** Sectors of the grain tables by their place in the directory. */
  readonly #directory = new Map<number, number>()
  #nextSector = overheadSectors
  #table = Buffer.alloc(newEntriesPerTable * 4)
  #tableIndex = -1
  #isBegun = false

  constructor(target: DiskTarget, options: StreamWriterOptions) {
    this.#target = target
    this.#options = options
    this.#queue = new WriteQueue(target)
    this.#writes = new JoinedWrites(this.#queue)
    this.#packer = new BlockPacker(grainBytes, maxPackedBytes, options.deflate)
    this.#packing = new OrderedWork(maxPacking, (batch) => this.#place(batch))
  }

  async write(extent: DiskExtent): Promise<void> {
    await this.#begin()
    if (extent.kind === 'data') await this.#packing.begin(this.#packer.pack(extent))
  }

  async finish(virtualSizeBytes: number): Promise<void> {
    await this.#begin()
    await this.#packing.drain()
    await this.#flushTable()
    const capacitySectors = virtualSizeBytes / vmdkSectorBytes
    const tables = Math.ceil(virtualSizeBytes / (grainBytes * newEntriesPerTable))
    const directory = Buffer.alloc(Math.ceil((tables * 4) / vmdkSectorBytes) * vmdkSectorBytes)
    for (const [index, sector] of this.#directory) directory.writeUInt32LE(sector, index * 4)
    const directorySector = await this.#append(markerType.grainDirectory, directory)
    await this.#append(markerType.footer, this.#makeHeader(capacitySectors, directorySector))
    await this.#append(markerType.endOfStream, Buffer.alloc(0))
    if (this.#options.virtualSizeBytes === undefined) await this.#writeHead(virtualSizeBytes)
    await this.#writes.flush()
    await this.#queue.drain()
    await this.#target.setSize(this.#nextSector * vmdkSectorBytes)
  }

  async settle(): Promise<void> {
    await this.#packing.settle()
    await this.#queue.settle()
  }

  async #begin(): Promise<void> {
    if (this.#isBegun) return
    this.#isBegun = true
    if (this.#options.virtualSizeBytes !== undefined) await this.#writeHead(this.#options.virtualSizeBytes)
  }

  async #writeHead(virtualSizeBytes: number): Promise<void> {
    const capacitySectors = virtualSizeBytes / vmdkSectorBytes
    const extent = `RW ${capacitySectors} SPARSE "disk.vmdk"`
    const head = Buffer.alloc(overheadSectors * vmdkSectorBytes)
    this.#makeHeader(capacitySectors, undefined).copy(head)
    makeVmdkDescriptor(virtualSizeBytes, extent, this.#options.descriptor).copy(head, vmdkSectorBytes)
    await this.#writes.add(0, head)
  }

  #makeHeader(capacitySectors: number, directorySector: number | undefined): Buffer {
    const isStream = true
    return makeVmdkHeader({ capacitySectors, overheadSectors, directorySector, redundantDirectorySector: 0, isStream })
  }

  async #place({ blocks, release }: PackedBatch): Promise<void> {
    for (const { offset, bytes, isPacked } of blocks) {
      if (!isPacked) throw corrupt('VMDK: deflate gave more than it may')
      const grain = offset / grainBytes
      const tableIndex = Math.floor(grain / newEntriesPerTable)
      if (tableIndex !== this.#tableIndex) {
        await this.#flushTable()
        this.#tableIndex = tableIndex
      }
      const start = this.#nextSector * vmdkSectorBytes
      const end = start + grainMarkerBytes + bytes.length
      const padding = (vmdkSectorBytes - (end % vmdkSectorBytes)) % vmdkSectorBytes
      await this.#writes.add(start, grainMarker(grain, bytes.length))
      await this.#writes.add(start + grainMarkerBytes, bytes)
      await this.#writes.add(end, zeros.subarray(0, padding))
      this.#table.writeUInt32LE(this.#nextSector, (grain % newEntriesPerTable) * 4)
      this.#advance((end + padding - start) / vmdkSectorBytes)
    }
    release()
  }

  async #flushTable(): Promise<void> {
    if (this.#tableIndex < 0) return
    this.#directory.set(this.#tableIndex, await this.#append(markerType.grainTable, this.#table))
    this.#table = Buffer.alloc(newEntriesPerTable * 4)
    this.#tableIndex = -1
  }

  /** A marker with what it announces. @returns the sector behind the marker */
  async #append(type: number, bytes: Buffer): Promise<number> {
    const marker = Buffer.alloc(vmdkSectorBytes)
    marker.writeBigUInt64LE(BigInt(bytes.length / vmdkSectorBytes), 0)
    marker.writeUInt32LE(type, 12)
    const sector = this.#nextSector
    await this.#writes.add(sector * vmdkSectorBytes, Buffer.concat([marker, bytes]))
    this.#advance(1 + bytes.length / vmdkSectorBytes)
    return sector + 1
  }

  #advance(sectors: number): void {
    this.#nextSector += sectors
    if (this.#nextSector > maxSectors) throw tooLarge('A streamOptimized VMDK', '2 TiB')
  }
}

const zeros = Buffer.alloc(vmdkSectorBytes)

function grainMarker(grain: number, packedBytes: number): Buffer {
  const marker = Buffer.alloc(grainMarkerBytes)
  marker.writeBigUInt64LE(BigInt(grain * newGrainSectors), 0)
  marker.writeUInt32LE(packedBytes, 8)
  return marker
}
