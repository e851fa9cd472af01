import type { Hash } from 'node:crypto'
import type { DiskExtent } from '../disk.ts'

const zeros = Buffer.alloc(1024 * 1024)

/** Decorator: the hash learns the raw content of the disk, empty ranges as zeros. Costs time for these too. */
export async function* hashExtents(
  extents: AsyncIterable<DiskExtent>,
  hash: Hash,
): AsyncGenerator<DiskExtent, void, undefined> {
  for await (const extent of extents) {
    if (extent.kind === 'data') hash.update(extent.data)
    else {
      for (let left = extent.length; left > 0; left -= zeros.length)
        hash.update(zeros.subarray(0, Math.min(left, zeros.length)))
    }
    yield extent
  }
}
