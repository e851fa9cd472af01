/**
 * Writes dynamic disks: footer copy, header, block table, then blocks of 2 MiB as they come, each behind its bitmap and
 * with its data at a multiple of 4 KiB. What of a block is zeros stays a hole. A disk of unknown length has its table at the end.
 */
import { nonZeroRuns } from '../../algebra/non-zero-runs.ts'
import { countdown } from '../../countdown.ts'
import type { DiskExtent } from '../../disk.ts'
import type { DiskTarget } from '../../disk-target.ts'
import type { DiskWriter } from '../../disk-writer.ts'
import { WriteQueue } from '../../write-queue.ts'
import { makeVhdFooter, makeVhdHeader } from './make-footer.ts'
import { bitmapBytesOf, vhdFooterBytes, vhdHeaderBytes } from './structs.ts'
import { assertVhdSize } from './vhd-size.ts'

const blockBytes = 2 * 1024 ** 2
const bitmapBytes = bitmapBytesOf(blockBytes)
const alignBytes = 4096
const holeBytes = 64 * 1024
const headBytes = vhdFooterBytes + vhdHeaderBytes

export class VhdBlockWriter implements DiskWriter {
  readonly blockBytes = blockBytes
  readonly #target: DiskTarget
  readonly #queue: WriteQueue
  readonly #isTableFirst: boolean
  /** First sector of each block that was written. */
  readonly #sectors = new Map<number, number>()
  /** Where the next block's data goes. */
  #nextData: number

  constructor(target: DiskTarget, virtualSizeBytes: number | undefined) {
    this.#target = target
    this.#queue = new WriteQueue(target)
    this.#isTableFirst = virtualSizeBytes !== undefined
    const tableBytes = virtualSizeBytes === undefined ? 0 : tableBytesOf(virtualSizeBytes)
    this.#nextData = aligned(headBytes + tableBytes + bitmapBytes)
  }

  async write(extent: DiskExtent): Promise<void> {
    if (extent.kind !== 'data') return
    const { offset, data, release } = extent
    const runs = nonZeroRuns(data, holeBytes)
    const done = countdown(runs.length, release)
    if (runs.length === 0) return
    const place = this.#nextData
    this.#nextData = aligned(place + blockBytes + bitmapBytes)
    this.#sectors.set(offset / blockBytes, (place - bitmapBytes) / 512)
    await this.#queue.push(place - bitmapBytes, fullBitmap)
    for (const { start, end } of runs) await this.#queue.push(place + start, data.subarray(start, end), done)
  }

  async finish(virtualSizeBytes: number): Promise<void> {
    assertVhdSize(virtualSizeBytes)
    const table = Buffer.alloc(tableBytesOf(virtualSizeBytes), 0xff)
    for (const [block, sector] of this.#sectors) table.writeUInt32BE(sector, block * 4)
    const blocksEnd = this.#sectors.size === 0 ? this.#nextData : this.#nextData - alignBytes
    const tableOffset = this.#isTableFirst ? headBytes : blocksEnd
    const entries = Math.ceil(virtualSizeBytes / blockBytes)
    const footer = makeVhdFooter({ sizeBytes: virtualSizeBytes, type: 'dynamic' })
    await this.#queue.push(0, footer)
    await this.#queue.push(vhdFooterBytes, makeVhdHeader({ offset: tableOffset, entries, blockBytes }))
    await this.#queue.push(tableOffset, table)
    const end = this.#isTableFirst ? blocksEnd : tableOffset + table.length
    await this.#queue.push(end, footer)
    await this.#queue.drain()
    await this.#target.setSize(end + vhdFooterBytes)
  }

  settle(): Promise<void> {
    return this.#queue.settle()
  }
}

/** Every sector of a block counts; those that were left out read as zeros. */
const fullBitmap = Buffer.alloc(bitmapBytes, 0xff)

/** Four bytes a block, in whole sectors. */
function tableBytesOf(virtualSizeBytes: number): number {
  return Math.ceil((Math.ceil(virtualSizeBytes / blockBytes) * 4) / 512) * 512
}

function aligned(offset: number): number {
  return Math.ceil(offset / alignBytes) * alignBytes
}
