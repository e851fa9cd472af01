/**
 * Writes monolithicSparse: header, descriptor, two directories with all their tables, then grains as they come. A table is
 * written once, when it is full, into the place that was kept for it; those of empty parts of the disk stay holes.
 */
import { nonZeroRuns } from '../../algebra/non-zero-runs.ts'
import { countdown } from '../../countdown.ts'
import { tooLarge } from '../../disk-error.ts'
import type { DiskExtent } from '../../disk.ts'
import type { DiskTarget } from '../../disk-target.ts'
import type { DiskWriter } from '../../disk-writer.ts'
import { WriteQueue } from '../../write-queue.ts'
import { makeVmdkDescriptor } from './make-descriptor.ts'
import type { DescriptorOptions } from './make-descriptor.ts'
import { makeVmdkHeader, newDescriptorSectors, newEntriesPerTable, newGrainSectors } from './make-header.ts'
import { vmdkSectorBytes } from './structs.ts'

const grainBytes = newGrainSectors * vmdkSectorBytes
const tableSectors = (newEntriesPerTable * 4) / vmdkSectorBytes
/** Grain entries are 32-bit sectors of the file. */
const maxFileSectors = 2 ** 32

export class SparseWriter implements DiskWriter {
  readonly blockBytes = grainBytes
  readonly #target: DiskTarget
  readonly #queue: WriteQueue
  readonly #descriptor: DescriptorOptions
  readonly #tables: number
  readonly #directorySectors: number
  readonly #overheadSectors: number
  #nextSector: number
  #table = Buffer.alloc(newEntriesPerTable * 4)
  #tableIndex = -1

  constructor(target: DiskTarget, virtualSizeBytes: number, descriptor: DescriptorOptions) {
    this.#target = target
    this.#queue = new WriteQueue(target)
    this.#descriptor = descriptor
    this.#tables = Math.ceil(virtualSizeBytes / (grainBytes * newEntriesPerTable))
    this.#directorySectors = Math.ceil((this.#tables * 4) / vmdkSectorBytes)
    const copySectors = this.#directorySectors + this.#tables * tableSectors
    const usedSectors = 1 + newDescriptorSectors + 2 * copySectors
    this.#overheadSectors = Math.ceil(usedSectors / newGrainSectors) * newGrainSectors
    this.#nextSector = this.#overheadSectors
  }

  async write(extent: DiskExtent): Promise<void> {
    if (extent.kind !== 'data') return
    const { offset, data, release } = extent
    const runs = nonZeroRuns(data, grainBytes)
    const done = countdown(runs.length, release)
    for (const { start, end } of runs) {
      const sector = this.#nextSector
      for (let at = start; at < end; at += grainBytes) {
        const grain = (offset + at) / grainBytes
        const opening = this.#openTable(grain)
        if (opening !== undefined) await opening
        this.#map(grain)
      }
      await this.#queue.push(sector * vmdkSectorBytes, data.subarray(start, end), done)
    }
  }

  async finish(virtualSizeBytes: number): Promise<void> {
    await this.#flushTable()
    const capacitySectors = virtualSizeBytes / vmdkSectorBytes
    const [redundant, main] = [this.#directoryAt(0), this.#directoryAt(1)]
    const header = makeVmdkHeader({
      capacitySectors,
      overheadSectors: this.#overheadSectors,
      directorySector: main,
      redundantDirectorySector: redundant,
      isStream: false,
    })
    const extent = `RW ${capacitySectors} SPARSE "disk.vmdk"`
    await this.#queue.push(0, header)
    await this.#queue.push(vmdkSectorBytes, makeVmdkDescriptor(virtualSizeBytes, extent, this.#descriptor))
    for (const sector of [redundant, main]) {
      await this.#queue.push(sector * vmdkSectorBytes, this.#makeDirectory(sector))
    }
    await this.#queue.drain()
    await this.#target.setSize(this.#nextSector * vmdkSectorBytes)
  }

  settle(): Promise<void> {
    return this.#queue.settle()
  }

  /** Resolves when the table that maps `grain` is at hand. Without a promise where it already is: grains are many. */
  #openTable(grain: number): Promise<void> | undefined {
    const tableIndex = Math.floor(grain / newEntriesPerTable)
    if (tableIndex === this.#tableIndex) return undefined
    return this.#flushTable().then(() => {
      this.#tableIndex = tableIndex
    })
  }

  #map(grain: number): void {
    this.#table.writeUInt32LE(this.#nextSector, (grain % newEntriesPerTable) * 4)
    this.#nextSector += newGrainSectors
    if (this.#nextSector > maxFileSectors) throw tooLarge('The data of a sparse VMDK', '2 TiB')
  }

  /** Both copies. */
  async #flushTable(): Promise<void> {
    if (this.#tableIndex < 0) return
    for (const copy of [0, 1]) {
      const sector = this.#directoryAt(copy) + this.#directorySectors + this.#tableIndex * tableSectors
      await this.#queue.push(sector * vmdkSectorBytes, this.#table)
    }
    this.#table = Buffer.alloc(newEntriesPerTable * 4)
    this.#tableIndex = -1
  }

  /** Each directory stands before its own tables; the redundant one comes first. */
  #directoryAt(copy: number): number {
    return 1 + newDescriptorSectors + copy * (this.#directorySectors + this.#tables * tableSectors)
  }

  #makeDirectory(directorySector: number): Buffer {
    const directory = Buffer.alloc(this.#directorySectors * vmdkSectorBytes)
    for (let index = 0; index < this.#tables; index++) {
      directory.writeUInt32LE(directorySector + this.#directorySectors + index * tableSectors, index * 4)
    }
    return directory
  }
}
