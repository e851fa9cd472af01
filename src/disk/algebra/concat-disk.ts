/** Several disks one after the other, as the extents of a split VMDK are. */
import type { DiskReader } from '../disk.ts'

export function concatDisk(parts: readonly DiskReader[]): DiskReader {
  const placed: { readonly start: number; readonly part: DiskReader }[] = []
  let virtualSizeBytes = 0
  for (const part of parts) {
    placed.push({ start: virtualSizeBytes, part })
    virtualSizeBytes += part.virtualSizeBytes
  }
  /** The parts that the range touches, each with what of it is meant, by the part's own offsets. */
  const touched = (offset: number, length: number) =>
    placed.flatMap(({ start, part }) => {
      const from = Math.max(offset, start) - start
      const to = Math.min(offset + length, start + part.virtualSizeBytes) - start
      return to > from ? [{ start, part, from, length: to - from }] : []
    })
  return {
    virtualSizeBytes,
    blockSizeBytes: Math.min(...parts.map((part) => part.blockSizeBytes)),
    async *ranges(offset, length, signal) {
      for (const { start, part, from, length: bytes } of touched(offset, length)) {
        for await (const range of part.ranges(from, bytes, signal)) yield { ...range, offset: range.offset + start }
      }
    },
    async readInto(target, offset, signal) {
      for (const { start, part, from, length } of touched(offset, target.length)) {
        const at = start + from - offset
        await part.readInto(target.subarray(at, at + length), from, signal)
      }
    },
  }
}
