/** Decorator: a layer over the disk below it. What the upper says is absent is read below; beyond the lower's end is zeros. */
import type { DiskRange, DiskReader } from '../disk.ts'

export function chainDisk(upper: DiskReader, lower: DiskReader): DiskReader {
  async function* below(
    offset: number,
    length: number,
    signal?: AbortSignal,
  ): AsyncGenerator<DiskRange, void, undefined> {
    const inside = Math.max(0, Math.min(length, lower.virtualSizeBytes - offset))
    if (inside > 0) yield* lower.ranges(offset, inside, signal)
    if (inside < length) yield { offset: offset + inside, length: length - inside, kind: 'zero' }
  }
  return {
    virtualSizeBytes: upper.virtualSizeBytes,
    blockSizeBytes: Math.min(upper.blockSizeBytes, lower.blockSizeBytes),
    async *ranges(offset, length, signal) {
      for await (const range of upper.ranges(offset, length, signal)) {
        if (range.kind === 'absent') yield* below(range.offset, range.length, signal)
        else yield range
      }
    },
    async readInto(target, offset, signal) {
      for await (const range of upper.ranges(offset, target.length, signal)) {
        const part = target.subarray(range.offset - offset, range.offset - offset + range.length)
        if (range.kind === 'data') await upper.readInto(part, range.offset, signal)
        else if (range.kind === 'zero') part.fill(0)
        else {
          const inside = Math.max(0, Math.min(part.length, lower.virtualSizeBytes - range.offset))
          part.fill(0, inside)
          if (inside > 0) await lower.readInto(part.subarray(0, inside), range.offset, signal)
        }
      }
    },
  }
}
