import { BufferPool, sharedBuffer } from '../algebra/buffer-pool.ts'
import type { Inflate } from '../codec/inflate.ts'
import { corrupt } from '../disk-error.ts'
import type { RandomAccessSource } from '../random-access-source.ts'

/** A compressed block of a file, and which part of what it unpacks to is wanted. */
export interface PackedPiece {
  readonly offset: number
  readonly length: number
  readonly skip: number
  readonly target: Buffer
  /** The least that the block must unpack to. */
  readonly minBytes: number
  /** Takes the packed bytes out of their wrapping. @throws DiskError when it is not that of this block */
  readonly unwrap?: (bytes: Buffer) => Buffer
}

/** How the blocks of one image are unpacked. */
export interface Packing {
  readonly inflate: Inflate
  /** The most that a block unpacks to. */
  readonly unpackedBytes: number
  /** For the message, like "A qcow2 compressed cluster". */
  readonly what: string
}

/** One read takes in blocks that lie at most this far apart, and at most so many bytes at once. */
const maxGapBytes = 4096
const maxGroupBytes = 4 * 1024 ** 2

export class PackedReader {
  readonly #source: RandomAccessSource
  readonly #packing: Packing
  readonly #pool = new BufferPool(maxGroupBytes, 4)

  constructor(source: RandomAccessSource, packing: Packing) {
    this.#source = source
    this.#packing = packing
  }

  /** Reads and unpacks all pieces, several at once. @throws DiskError `corrupt` */
  async read(pieces: readonly PackedPiece[], signal?: AbortSignal): Promise<void> {
    for (const group of grouped(pieces)) {
      const start = Math.min(...group.map(({ offset }) => offset))
      const end = Math.max(...group.map(({ offset, length }) => offset + length))
      const isLarge = end - start > maxGroupBytes
      const buffer = isLarge ? sharedBuffer(end - start) : this.#pool.take()
      await this.#source.readInto(buffer.subarray(0, end - start), start, signal)
      const bytesOf = ({ offset, length }: PackedPiece): Buffer =>
        buffer.subarray(offset - start, offset - start + length)
      // Whatever fails, the buffer is used until all have ended.
      const results = await Promise.allSettled(group.map((piece) => unpack(bytesOf(piece), piece, this.#packing)))
      if (!isLarge) this.#pool.give(buffer)
      for (const result of results) if (result.status === 'rejected') throw result.reason
    }
  }
}

function grouped(pieces: readonly PackedPiece[]): readonly (readonly PackedPiece[])[] {
  const groups: PackedPiece[][] = []
  let group: PackedPiece[] = []
  let start = 0
  let end = 0
  for (const piece of pieces) {
    const isNear = piece.offset >= start && piece.offset - end <= maxGapBytes
    if (group.length === 0 || !isNear || piece.offset + piece.length - start > maxGroupBytes) {
      group = []
      groups.push(group)
      start = piece.offset
    }
    group.push(piece)
    end = group.length === 1 ? piece.offset + piece.length : Math.max(end, piece.offset + piece.length)
  }
  return groups
}

async function unpack(
  bytes: Buffer,
  { skip, target, minBytes, unwrap }: PackedPiece,
  { inflate, unpackedBytes, what }: Packing,
): Promise<void> {
  const isWhole = skip === 0 && target.length === unpackedBytes
  const place = isWhole ? target : Buffer.allocUnsafeSlow(unpackedBytes)
  const unpacked = await inflate(unwrap === undefined ? bytes : unwrap(bytes), place)
  if (unpacked === undefined || unpacked < minBytes) throw corrupt(`${what} cannot be unpacked`)
  if (!isWhole) place.copy(target, 0, skip, skip + target.length)
}
