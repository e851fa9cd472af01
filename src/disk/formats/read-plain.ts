import type { RandomAccessSource } from '../random-access-source.ts'

/** Bytes of a file that are guest data as they are. */
export interface PlainPiece {
  readonly offset: number
  readonly target: Buffer
}

/** Reads all pieces; neighbours in the file that are also neighbours in memory are one read. */
export async function readPlain(
  source: RandomAccessSource,
  pieces: readonly PlainPiece[],
  signal?: AbortSignal,
): Promise<void> {
  for (let first = 0; first < pieces.length;) {
    const head = pieces[first]
    if (head === undefined) return
    let length = head.target.length
    let next = first + 1
    for (; next < pieces.length; next++) {
      const piece = pieces[next]
      const isNeighbour =
        piece?.offset === head.offset + length &&
        piece.target.buffer === head.target.buffer &&
        piece.target.byteOffset === head.target.byteOffset + length
      if (!isNeighbour || piece === undefined) break
      length += piece.target.length
    }
    const target = Buffer.from(head.target.buffer, head.target.byteOffset, length)
    await source.readInto(target, head.offset, signal)
    first = next
  }
}
