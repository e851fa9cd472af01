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

export interface Unpacking {
  readonly inflate: Inflate
  /** The most that a block unpacks to. */
  readonly unpackedBytes: number
  /** For the message, like "A qcow2 compressed cluster". */
  readonly what: string
  readonly signal: AbortSignal | undefined
}

/** One read takes in blocks that lie at most this far apart, and at most so many bytes at once. */
const maxGapBytes = 4096
const maxGroupBytes = 4 * 1024 ** 2

/** Reads and unpacks all pieces, several at once. @throws DiskError `corrupt` */
export async function readPacked(
  source: RandomAccessSource,
  pieces: readonly PackedPiece[],
  unpacking: Unpacking,
): Promise<void> {
  for (const group of grouped(pieces)) {
    const start = Math.min(...group.map(({ offset }) => offset))
    const end = Math.max(...group.map(({ offset, length }) => offset + length))
    const bytes = await source.read(start, end - start, unpacking.signal)
    await Promise.all(
      group.map((piece) =>
        unpack(bytes.subarray(piece.offset - start, piece.offset - start + piece.length), piece, unpacking),
      ),
    )
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
  { inflate, unpackedBytes, what }: Unpacking,
): Promise<void> {
  const isWhole = skip === 0 && target.length === unpackedBytes
  const place = isWhole ? target : Buffer.allocUnsafeSlow(unpackedBytes)
  const unpacked = await inflate(unwrap === undefined ? bytes : unwrap(bytes), place)
  if (unpacked === undefined || unpacked < minBytes) throw corrupt(`${what} cannot be unpacked`)
  if (!isWhole) place.copy(target, 0, skip, skip + target.length)
}
