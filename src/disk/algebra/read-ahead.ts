/** Decorator that makes extents of an index and reads: several reads are under way while the consumer works on an earlier one. */
import type { DataExtent, DiskExtent, DiskRange, DiskReader, ExtentOptions } from '../disk.ts'
import { maxExtentBytes } from '../disk.ts'
import { BufferPool } from './buffer-pool.ts'
import { reblock } from './reblock.ts'

/** More gains nothing out of the page cache; memory is this many extents. */
const maxReads = 4
/** Ranges that are looked ahead over, so that reads begin beyond empty ones. */
const maxPending = 64

type Pending = { readonly range: DiskRange; readonly extent: Promise<DataExtent> | undefined }

export async function* readAhead(
  reader: Pick<DiskReader, 'virtualSizeBytes' | 'blockSizeBytes' | 'ranges' | 'readInto'>,
  { blockBytes = 512, signal }: ExtentOptions = {},
): AsyncGenerator<DiskExtent, void, undefined> {
  const pool = new BufferPool(maxExtentBytes)
  const size = reader.virtualSizeBytes
  const pieces = splitData(reblock(reader.ranges(0, size, signal), blockBytes, size))
  const pending: Pending[] = []
  let reads = 0
  let isAtEnd = false
  try {
    for (;;) {
      while (!isAtEnd && reads < maxReads && pending.length < maxPending) {
        const { value: range, done } = await pieces.next()
        if (done === true) isAtEnd = true
        else if (range.kind === 'data') {
          reads++
          const extent = readExtent(range)
          // It is awaited in its turn; until then its failure is nobody's.
          extent.catch(() => undefined)
          pending.push({ range, extent })
        } else pending.push({ range, extent: undefined })
      }
      const head = pending.shift()
      if (head === undefined) return
      if (head.extent === undefined) yield head.range as DiskExtent
      else {
        const extent = await head.extent
        reads--
        yield extent
      }
    }
  } finally {
    await Promise.allSettled(pending.map(({ extent }) => extent))
    await pieces.return(undefined)
  }

  async function readExtent({ offset, length }: DiskRange): Promise<DataExtent> {
    const buffer = pool.take()
    const data = buffer.subarray(0, length)
    await reader.readInto(data, offset, signal)
    let isReleased = false
    const release = (): void => {
      if (!isReleased) pool.give(buffer)
      isReleased = true
    }
    return { kind: 'data', offset, length, data, release }
  }
}

/** Data in pieces that end at multiples of `maxExtentBytes`. */
async function* splitData(ranges: AsyncIterable<DiskRange>): AsyncGenerator<DiskRange, void, undefined> {
  for await (const range of ranges) {
    if (range.kind !== 'data') {
      yield range
      continue
    }
    const end = range.offset + range.length
    for (let offset = range.offset; offset < end;) {
      const pieceEnd = Math.min(end, offset - (offset % maxExtentBytes) + maxExtentBytes)
      yield { kind: 'data', offset, length: pieceEnd - offset }
      offset = pieceEnd
    }
  }
}
