/** Reads dynamic and differencing disks: blocks behind a bitmap that says which of their sectors count. */
import { walkTable } from '../../bounds.ts'
import type { DiskRange, DiskReader } from '../../disk.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import { bitmapBytesOf, vhdAbsentBlock } from './structs.ts'
import type { VhdHeader } from './structs.ts'

const sectorBytes = 512
const maxBitmaps = 256

interface Parts {
  readonly header: VhdHeader
  readonly virtualSizeBytes: number
}

export class VhdBlockReader implements DiskReader {
  readonly virtualSizeBytes: number
  readonly blockSizeBytes: number
  readonly #source: RandomAccessSource
  readonly #bitmapBytes: number
  /** First sector of each block, or `vhdAbsentBlock`. */
  readonly #table: Uint32Array
  readonly #bitmaps = new Map<number, Promise<Buffer>>()

  static async open(source: RandomAccessSource, parts: Parts, signal?: AbortSignal): Promise<VhdBlockReader> {
    const { header, virtualSizeBytes } = parts
    const entries = Math.ceil(virtualSizeBytes / header.blockBytes)
    const table = new Uint32Array(entries)
    const place = { offset: header.tableOffset, entries, entryBytes: 4, what: 'The VHD block table' }
    for await (const { view, firstEntry, entries: count } of walkTable(source, place, signal)) {
      for (let index = 0; index < count; index++) table[firstEntry + index] = view.getUint32(index * 4)
    }
    return new VhdBlockReader(source, parts, table)
  }

  private constructor(source: RandomAccessSource, { header, virtualSizeBytes }: Parts, table: Uint32Array) {
    this.#source = source
    this.#table = table
    this.#bitmapBytes = bitmapBytesOf(header.blockBytes)
    this.virtualSizeBytes = virtualSizeBytes
    this.blockSizeBytes = header.blockBytes
  }

  async *ranges(offset: number, length: number, signal?: AbortSignal): AsyncGenerator<DiskRange, void, undefined> {
    const end = offset + length
    for (let at = offset; at < end;) {
      const block = Math.floor(at / this.blockSizeBytes)
      const start = block * this.blockSizeBytes
      const stop = Math.min(end, start + this.blockSizeBytes)
      const sector = this.#table[block] ?? vhdAbsentBlock
      if (sector === vhdAbsentBlock) yield { offset: at, length: stop - at, kind: 'absent' }
      else yield* sectorRuns(await this.#bitmap(sector, signal), start, at, stop)
      at = stop
    }
  }

  async readInto(target: Buffer, offset: number, signal?: AbortSignal): Promise<void> {
    for await (const range of this.ranges(offset, target.length, signal)) {
      const part = target.subarray(range.offset - offset, range.offset - offset + range.length)
      if (range.kind !== 'data') {
        part.fill(0)
        continue
      }
      const block = Math.floor(range.offset / this.blockSizeBytes)
      const inBlock = range.offset - block * this.blockSizeBytes
      const sector = this.#table[block] ?? vhdAbsentBlock
      await this.#source.readInto(part, sector * sectorBytes + this.#bitmapBytes + inBlock, signal)
    }
  }

  #bitmap(sector: number, signal?: AbortSignal): Promise<Buffer> {
    const known = this.#bitmaps.get(sector)
    if (known !== undefined) return known
    const bitmap = this.#source.read(sector * sectorBytes, this.#bitmapBytes, signal)
    this.#bitmaps.set(sector, bitmap)
    bitmap.catch(() => this.#bitmaps.delete(sector))
    const [oldest] = this.#bitmaps.keys()
    if (this.#bitmaps.size > maxBitmaps && oldest !== undefined) this.#bitmaps.delete(oldest)
    return bitmap
  }
}

/** Runs of set and unset bits, highest bit of each byte first, as data and absent ranges. */
function* sectorRuns(
  bitmap: Buffer,
  blockStart: number,
  from: number,
  end: number,
): Generator<DiskRange, void, undefined> {
  const isSet = (at: number): boolean => {
    const bit = Math.floor((at - blockStart) / sectorBytes)
    return ((bitmap[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0
  }
  for (let at = from; at < end;) {
    const kind = isSet(at) ? 'data' : 'absent'
    const whole = kind === 'data' ? 0xff : 0
    let next = at
    do {
      const bit = Math.floor((next - blockStart) / sectorBytes)
      const isWholeByte = bit % 8 === 0 && bitmap[bit >> 3] === whole
      next = blockStart + (bit + (isWholeByte ? 8 : 1)) * sectorBytes
    } while (next < end && isSet(next) === (kind === 'data'))
    const stop = Math.min(next, end)
    yield { offset: at, length: stop - at, kind }
    at = stop
  }
}
