/**
 * What a one-pass reader of a streamOptimized VMDK saw of grains, held against the tables that come behind them: a grain
 * that was lost, moved or added on the way shows. A table's grains are forgotten as soon as the table has come.
 */
import { corrupt } from '../../disk-error.ts'
import type { VmdkHeader } from './structs.ts'

export class StreamTables {
  readonly #header: VmdkHeader
  /** By table: the sectors of its grains, 0 where there is none. */
  readonly #open = new Map<number, Uint32Array>()
  /** The table that a grain, by its sector, is the first of. */
  readonly #firstGrains = new Map<number, number>()
  /** Sectors of tables that have come, by table. */
  readonly #closed = new Map<number, number>()
  readonly #emptyTables = new Set<number>()
  #directorySector = -1

  constructor(header: VmdkHeader) {
    this.#header = header
  }

  /** @param grain its number in the disk @param sector where it stands in the stream */
  addGrain(grain: number, sector: number): void {
    const index = Math.floor(grain / this.#header.entriesPerTable)
    let table = this.#open.get(index)
    if (table === undefined) {
      if (this.#closed.has(index)) throw corrupt('VMDK: a grain comes after its grain table')
      table = new Uint32Array(this.#header.entriesPerTable)
      this.#open.set(index, table)
      this.#firstGrains.set(sector, index)
    }
    table[grain % this.#header.entriesPerTable] = sector
  }

  /** @param bytes a grain table @param sector where it stands in the stream */
  addTable(bytes: Buffer, sector: number): void {
    const entries = Array.from({ length: this.#header.entriesPerTable }, (_, index) => bytes.readUInt32LE(index * 4))
    const first = entries.find((entry) => entry !== 0)
    if (first === undefined) {
      this.#emptyTables.add(sector)
      return
    }
    const index = this.#firstGrains.get(first)
    const table = index === undefined ? undefined : this.#open.get(index)
    if (index === undefined || table === undefined || !entries.every((entry, at) => entry === table[at]))
      throw mismatch()
    this.#open.delete(index)
    this.#firstGrains.delete(first)
    this.#closed.set(index, sector)
  }

  /** @param bytes the grain directory @param sector where it stands in the stream */
  addDirectory(bytes: Buffer, sector: number): void {
    const { capacitySectors, entriesPerTable, grainSectors } = this.#header
    const entries = Math.ceil(capacitySectors / (entriesPerTable * grainSectors))
    if (this.#open.size > 0 || bytes.length < entries * 4) throw mismatch()
    for (let index = 0; index < entries; index++) {
      const entry = bytes.readUInt32LE(index * 4)
      const isRight =
        entry === (this.#closed.get(index) ?? 0) || (!this.#closed.has(index) && this.#emptyTables.has(entry))
      if (!isRight) throw mismatch()
    }
    this.#directorySector = sector
  }

  /** @throws DiskError unless the directory came, and is the one that the footer names */
  assertFooter(footer: VmdkHeader): void {
    if (this.#directorySector < 0 || footer.directorySector !== this.#directorySector) throw mismatch()
  }
}

function mismatch(): Error {
  return corrupt('VMDK: the grain tables do not describe the grains that came')
}
