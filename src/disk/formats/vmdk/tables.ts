/** Walks grain directory and grain tables: everything that they name must lie inside the file and be named once. */
import { assertInside, readInside, walkTable } from '../../bounds.ts'
import { ClaimMap } from '../../claim-map.ts'
import { corrupt, tooLarge } from '../../disk-error.ts'
import { minTableCostBytes } from '../../limits.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { InspectContext } from '../format.ts'
import { parseVmdkMarker, vmdkFlag, vmdkSectorBytes } from './structs.ts'
import type { VmdkHeader } from './structs.ts'

const maxDirectoryEntries = 16 * 1024 ** 2
/** Grains of a compressed image whose own header is read: each costs a read. */
const maxMarkersRead = 16_384

export interface VmdkTablesReport {
  readonly allocatedBytes: number
  readonly tablesChecked: 'all' | 'part'
}

/** @param options.readsMarkers false: leaves the packed grains' own headers to whoever reads the grains */
export async function checkVmdkTables(
  source: RandomAccessSource,
  header: VmdkHeader,
  context: InspectContext,
  options: { readonly readsMarkers?: boolean } = {},
): Promise<VmdkTablesReport> {
  return new GrainWalk(source, header, context, options.readsMarkers === false ? 0 : maxMarkersRead).run()
}

class GrainWalk {
  readonly #source: RandomAccessSource
  readonly #header: VmdkHeader
  readonly #context: InspectContext
  readonly #claims: ClaimMap
  readonly #tableBytes: number
  readonly #isCompressed: boolean
  readonly #zeroEntry: number
  readonly #maxMarkersRead: number
  #markersRead = 0
  #grains = 0

  constructor(source: RandomAccessSource, header: VmdkHeader, context: InspectContext, maxRead: number) {
    this.#maxMarkersRead = maxRead
    this.#source = source
    this.#header = header
    this.#context = context
    this.#claims = new ClaimMap(source.sizeBytes, vmdkSectorBytes)
    this.#tableBytes = header.entriesPerTable * 4
    this.#isCompressed = (header.flags & vmdkFlag.compressed) !== 0
    this.#zeroEntry = (header.flags & vmdkFlag.zeroGrains) !== 0 ? 1 : 0
  }

  async run(): Promise<VmdkTablesReport> {
    const { capacitySectors, entriesPerTable, grainSectors, directorySector } = this.#header
    const entries = Math.ceil(capacitySectors / (entriesPerTable * grainSectors))
    if (entries > maxDirectoryEntries) throw tooLarge('The VMDK grain directory', `${maxDirectoryEntries} entries`)
    const what = 'The VMDK grain directory'
    this.#claim(0, 1, 'the header')
    if (this.#header.descriptorSector !== 0)
      this.#claim(
        this.#header.descriptorSector * vmdkSectorBytes,
        this.#header.descriptorSectors * vmdkSectorBytes,
        'the descriptor',
      )
    this.#claim(directorySector * vmdkSectorBytes, entries * 4, 'the grain directory')
    this.#checkRedundantDirectory(entries)
    let tableBytesRead = 0
    let isWhole = this.#claims.isTracking
    const directory = { offset: directorySector * vmdkSectorBytes, entries, entryBytes: 4, what }
    for await (const { view, firstEntry, entries: count } of walkTable(this.#source, directory, this.#context.signal)) {
      for (let index = 0; index < count; index++) {
        const sector = view.getUint32(index * 4, true)
        if (sector === 0) continue
        this.#claim(sector * vmdkSectorBytes, this.#tableBytes, 'a grain table')
        tableBytesRead += Math.max(this.#tableBytes, minTableCostBytes)
        if (tableBytesRead > this.#context.limits.maxTableBytes) isWhole = false
        else await this.#checkTable(sector * vmdkSectorBytes, firstEntry + index)
      }
    }
    if (this.#isCompressed && this.#grains > this.#maxMarkersRead) isWhole = false
    return { allocatedBytes: this.#grains * grainSectors * vmdkSectorBytes, tablesChecked: isWhole ? 'all' : 'part' }
  }

  /** Some writers reuse one directory for both: only its place is checked, for it is a copy that nothing here reads. */
  #checkRedundantDirectory(entries: number): void {
    if ((this.#header.flags & vmdkFlag.redundantTable) === 0 || this.#header.redundantDirectorySector === 0) return
    const offset = this.#header.redundantDirectorySector * vmdkSectorBytes
    assertInside(this.#source.sizeBytes, offset, entries * 4, 'The redundant VMDK grain directory')
  }

  async #checkTable(offset: number, tableIndex: number): Promise<void> {
    const bytes = await readInside(this.#source, offset, this.#tableBytes, 'A VMDK grain table', this.#context.signal)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let index = 0; index < this.#header.entriesPerTable; index++) {
      const sector = view.getUint32(index * 4, true)
      if (sector === 0 || sector === this.#zeroEntry) continue
      const guestSector = (tableIndex * this.#header.entriesPerTable + index) * this.#header.grainSectors
      if (this.#isCompressed) await this.#checkCompressedGrain(sector * vmdkSectorBytes, guestSector)
      else this.#checkGrain(sector * vmdkSectorBytes, guestSector)
      this.#grains++
    }
  }

  /** The last grain of the disk need not be in the file to its end. */
  #checkGrain(offset: number, guestSector: number): void {
    const sectors = Math.min(this.#header.grainSectors, Math.max(1, this.#header.capacitySectors - guestSector))
    this.#claim(offset, sectors * vmdkSectorBytes, 'a grain')
  }

  async #checkCompressedGrain(offset: number, guestSector: number): Promise<void> {
    const isRead = this.#markersRead++ < this.#maxMarkersRead
    if (!isRead) return this.#claim(offset, vmdkSectorBytes, 'a grain')
    const marker = parseVmdkMarker(await readInside(this.#source, offset, 16, 'A VMDK grain', this.#context.signal))
    const grainBytes = this.#header.grainSectors * vmdkSectorBytes
    if (marker.dataBytes === 0 || marker.dataBytes > 2 * grainBytes)
      throw corrupt('VMDK: a compressed grain has an impossible size')
    if (marker.value !== guestSector) throw corrupt('VMDK: a compressed grain belongs to another place of the disk')
    this.#claim(offset, 12 + marker.dataBytes, 'a grain')
  }

  #claim(offset: number, length: number, what: string): void {
    assertInside(this.#source.sizeBytes, offset, length, `VMDK: ${what}`)
    if (!this.#claims.claim(offset, length)) throw corrupt(`VMDK: ${what} shares its place with something else`)
  }
}
