/**
 * UML's copy-on-write files, version 3 (arch/um/drivers/cow_user.c of the Linux kernel): a header that names the file below,
 * a bitmap with one bit per sector, the sectors. All numbers are big-endian; a set bit means that the sector lies here.
 */
import type { FileHandle } from 'node:fs/promises'
import { fileHandleSource } from '../../src/disk/index.ts'
import type { RandomAccessSource } from '../../src/disk/index.ts'

const magic = 0x4f4f4f4d
const version = 3
export const sectorBytes = 512
const alignBytes = 4096
const pathOffset = 32
const longestPath = 4095
/** Header and path, and room up to the next page. */
const bitmapOffset = 8192

/** What a copy-on-write file stands on. The kernel refuses it when the file below has another size or time. */
export interface CowBacking {
  readonly path: string
  /** A multiple of 4096: that of the disk too. */
  readonly sizeBytes: number
  readonly modifiedAtSeconds: number
}

export interface CowLayout {
  readonly bitmapBytes: number
  readonly dataOffset: number
  readonly fileBytes: number
}

export function layoutOf(diskBytes: number): CowLayout {
  const bitmapBytes = diskBytes / sectorBytes / 8
  const dataOffset = Math.ceil((bitmapOffset + bitmapBytes) / alignBytes) * alignBytes
  return { bitmapBytes, dataOffset, fileBytes: dataOffset + diskBytes }
}

export function makeCowHeader({ path, sizeBytes, modifiedAtSeconds }: CowBacking): Buffer {
  if (sizeBytes % alignBytes !== 0) throw new RangeError(`${sizeBytes} is no multiple of ${alignBytes}`)
  const name = Buffer.from(path)
  if (name.length > longestPath) throw new RangeError('the path is too long')
  const header = Buffer.alloc(bitmapOffset)
  header.writeUInt32BE(magic, 0)
  header.writeUInt32BE(version, 4)
  header.writeUInt32BE(modifiedAtSeconds, 8)
  header.writeBigUInt64BE(BigInt(sizeBytes), 12)
  header.writeUInt32BE(sectorBytes, 20)
  header.writeUInt32BE(alignBytes, 24)
  header.writeUInt32BE(0, 28) // a plain bitmap
  name.copy(header, pathOffset)
  return header
}

/** An empty one: everything is read below. */
export async function writeCow(file: FileHandle, backing: CowBacking): Promise<void> {
  await file.write(makeCowHeader(backing), 0, bitmapOffset, 0)
  await file.truncate(layoutOf(backing.sizeBytes).fileBytes)
}

/** @throws RangeError when it is no file that `writeCow` made */
export async function readCowSize(file: FileHandle): Promise<number> {
  const header = Buffer.alloc(pathOffset)
  await file.read(header, 0, pathOffset, 0)
  const diskBytes = Number(header.readBigUInt64BE(12))
  const isKnown = header.readUInt32BE(0) === magic && header.readUInt32BE(4) === version
  if (!isKnown || diskBytes % alignBytes !== 0 || header.readUInt32BE(20) !== sectorBytes)
    throw new RangeError('this is no copy-on-write file of this driver')
  return diskBytes
}

/** The path of what it stands on. @throws RangeError when it is no file that `writeCow` made */
export async function readCowBacking(file: FileHandle): Promise<string> {
  await readCowSize(file)
  const name = Buffer.alloc(longestPath)
  const { bytesRead } = await file.read(name, 0, longestPath, pathOffset)
  const end = name.indexOf(0)
  return name.toString('utf8', 0, end < 0 ? bytesRead : end)
}

/** Neighbouring sectors that lie in the same file. */
export interface CowRun {
  readonly isHere: boolean
  readonly offset: number
  readonly length: number
}

export class CowBitmap {
  readonly #bits: Buffer

  private constructor(bits: Buffer) {
    this.#bits = bits
  }

  static async read(file: FileHandle, diskBytes: number): Promise<CowBitmap> {
    const bits = Buffer.alloc(layoutOf(diskBytes).bitmapBytes)
    await file.read(bits, 0, bits.length, bitmapOffset)
    return new CowBitmap(bits)
  }

  /** @param offset and @param length in bytes, of any alignment */
  *runs(offset: number, length: number): Generator<CowRun> {
    const end = offset + length
    for (let at = offset; at < end;) {
      const isHere = this.#has(Math.floor(at / sectorBytes))
      let next = (Math.floor(at / sectorBytes) + 1) * sectorBytes
      while (next < end && this.#has(next / sectorBytes) === isHere) next = this.#skip(next, isHere)
      const to = Math.min(next, end)
      yield { isHere, offset: at, length: to - at }
      at = to
    }
  }

  async write(file: FileHandle): Promise<void> {
    await file.write(this.#bits, 0, this.#bits.length, bitmapOffset)
  }

  /** Eight sectors at a time where all of them are alike. */
  #skip(at: number, isHere: boolean): number {
    const sector = at / sectorBytes
    const isWhole = sector % 8 === 0 && this.#bits[sector / 8] === (isHere ? 0xff : 0)
    return at + (isWhole ? 8 : 1) * sectorBytes
  }

  #has(sector: number): boolean {
    return (((this.#bits[sector >> 3] ?? 0) >> (sector & 7)) & 1) === 1
  }
}

/** The disk as its guest sees it. Both files must stay as they are, and open, while it is read. */
export async function cowSource(cow: FileHandle, backing: FileHandle): Promise<RandomAccessSource> {
  const [upper, lower] = await Promise.all([fileHandleSource(cow), fileHandleSource(backing)])
  const { sizeBytes } = lower
  if ((await readCowSize(cow)) !== sizeBytes) throw new RangeError('the two files do not belong together')
  const bitmap = await CowBitmap.read(cow, sizeBytes)
  const { dataOffset } = layoutOf(sizeBytes)
  const readInto: RandomAccessSource['readInto'] = async (target, offset, signal) => {
    for (const run of bitmap.runs(offset, target.length)) {
      const part = target.subarray(run.offset - offset, run.offset - offset + run.length)
      if (run.isHere) await upper.readInto(part, dataOffset + run.offset, signal)
      else await lower.readInto(part, run.offset, signal)
    }
  }
  return {
    sizeBytes,
    readInto,
    async read(offset, length, signal) {
      const target = Buffer.alloc(length)
      await readInto(target, offset, signal)
      return target
    },
  }
}

const chunkBytes = 1024 ** 2

/**
 * Writes what lies in `from` into `to`, an empty one of a larger disk that begins with the same.
 * @param onChunk is called again and again, and ends it when it throws
 */
export async function copyCow(from: FileHandle, to: FileHandle, onChunk: () => void = () => undefined): Promise<void> {
  const [fromBytes, toBytes] = [await readCowSize(from), await readCowSize(to)]
  const bitmap = await CowBitmap.read(from, fromBytes)
  const shift = layoutOf(toBytes).dataOffset - layoutOf(fromBytes).dataOffset
  const { dataOffset } = layoutOf(fromBytes)
  const buffer = Buffer.alloc(chunkBytes)
  for (const run of bitmap.runs(0, fromBytes)) {
    if (!run.isHere) continue
    for (let done = 0; done < run.length;) {
      onChunk()
      const position = dataOffset + run.offset + done
      const { bytesRead } = await from.read(buffer, 0, Math.min(chunkBytes, run.length - done), position)
      if (bytesRead === 0) throw new Error('the copy-on-write file ends too early')
      await to.write(buffer, 0, bytesRead, position + shift)
      done += bytesRead
    }
  }
  await bitmap.write(to)
}
