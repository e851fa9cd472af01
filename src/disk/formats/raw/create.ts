import { nonZeroRuns } from '../../algebra/non-zero-runs.ts'
import { countdown } from '../../countdown.ts'
import type { DiskTarget } from '../../disk-target.ts'
import type { DiskWriter } from '../../disk-writer.ts'
import { WriteQueue } from '../../write-queue.ts'
import type { CreateContext } from '../format.ts'
import { OptionReader } from '../format-options.ts'

/** Zeros of this many bytes become holes. */
const holeBytes = 64 * 1024

export async function createRaw(target: DiskTarget, { options }: CreateContext): Promise<DiskWriter> {
  new OptionReader('raw', options).end()
  return plainWriter(target)
}

/** Writes guest data as it is from the start of the target, sparse where the target can seek. */
export function plainWriter(target: DiskTarget): DiskWriter {
  const queue = new WriteQueue(target)
  return {
    blockBytes: 512,
    async write(extent) {
      if (extent.kind !== 'data') return
      const runs = nonZeroRuns(extent.data, holeBytes)
      const done = countdown(runs.length, () => extent.release())
      for (const { start, end } of runs) await queue.push(extent.offset + start, extent.data.subarray(start, end), done)
    },
    async finish(virtualSizeBytes) {
      await queue.drain()
      await target.setSize(virtualSizeBytes)
    },
    settle: () => queue.settle(),
  }
}
