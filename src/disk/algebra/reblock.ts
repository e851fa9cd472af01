/**
 * Decorator of an index: moves the borders of ranges outwards to multiples of a block. A block that touches data is data;
 * one that mixes zero and absent is zero. Neighbours of one kind become one range.
 */
import type { DiskRange, RangeKind } from '../disk.ts'

const rank = { absent: 0, zero: 1, data: 2 } as const

interface Draft {
  offset: number
  length: number
  kind: RangeKind
}

/** @param blockBytes a power of two @param sizeBytes where the disk, and so the last block, ends */
export async function* reblock(
  ranges: AsyncIterable<DiskRange>,
  blockBytes: number,
  sizeBytes: number,
): AsyncGenerator<DiskRange, void, undefined> {
  /** Finished but for neighbours of the same kind. */
  let done: Draft | undefined
  /** The block in which the last range ended. */
  let open: Draft | undefined
  for await (const range of ranges) {
    for (const piece of cut(range)) {
      if (done !== undefined && done.kind === piece.kind) done.length += piece.length
      else {
        if (done !== undefined) yield done
        done = { ...piece }
      }
    }
  }
  if (done !== undefined) yield done

  /** The whole blocks that `range` completes, in order. */
  function cut({ offset, length, kind }: DiskRange): readonly DiskRange[] {
    const end = offset + length
    const pieces: DiskRange[] = []
    let start = offset
    if (open !== undefined) {
      if (rank[kind] > rank[open.kind]) open.kind = kind
      const blockEnd = Math.min(open.offset + blockBytes, sizeBytes)
      if (end < blockEnd) return pieces
      pieces.push({ ...open, length: blockEnd - open.offset })
      open = undefined
      start = blockEnd
    }
    const wholeEnd = end === sizeBytes ? end : end - (end % blockBytes)
    if (wholeEnd > start) {
      pieces.push({ offset: start, length: wholeEnd - start, kind })
      start = wholeEnd
    }
    if (end > start) open = { offset: start, length: 0, kind }
    return pieces
  }
}
