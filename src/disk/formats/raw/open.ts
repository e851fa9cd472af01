import type { DiskRange, DiskReader } from '../../disk.ts'
import type { FindStretch, RandomAccessSource } from '../../random-access-source.ts'
import type { OpenContext } from '../format.ts'
import { assertVirtualSize, wholeSectors } from '../virtual-size.ts'

export async function openRaw(source: RandomAccessSource, context: Pick<OpenContext, 'limits'>): Promise<DiskReader> {
  const virtualSizeBytes = wholeSectors(source.sizeBytes)
  assertVirtualSize(virtualSizeBytes, context.limits)
  return plainReader(source, { fileOffset: 0, lengthBytes: source.sizeBytes, virtualSizeBytes })
}

/** Guest data as it is, in one stretch of a file: raw disks, and the flat kinds of other formats. Holes are not read. */
export async function plainReader(
  source: RandomAccessSource,
  place: { readonly fileOffset: number; readonly lengthBytes: number; readonly virtualSizeBytes: number },
): Promise<DiskReader> {
  const find = await source.loadStretches?.()
  const { fileOffset, lengthBytes, virtualSizeBytes } = place
  return {
    virtualSizeBytes,
    blockSizeBytes: 512,
    async *ranges(offset, length) {
      const end = offset + length
      const dataEnd = Math.min(end, lengthBytes)
      if (offset < dataEnd) yield* stretches(find, fileOffset, offset, dataEnd)
      if (Math.max(offset, dataEnd) < end) {
        const start = Math.max(offset, dataEnd)
        yield { offset: start, length: end - start, kind: 'absent' }
      }
    },
    async readInto(target, offset, signal) {
      const inside = Math.max(0, Math.min(target.length, lengthBytes - offset))
      target.fill(0, inside)
      if (inside > 0) await source.readInto(target.subarray(0, inside), fileOffset + offset, signal)
    },
  }
}

function* stretches(
  find: FindStretch | undefined,
  fileOffset: number,
  start: number,
  end: number,
): Generator<DiskRange, void, undefined> {
  if (find === undefined) {
    yield { offset: start, length: end - start, kind: 'data' }
    return
  }
  for (let offset = start; offset < end;) {
    const { hasData, endOffset } = find(fileOffset + offset)
    const stop = Math.min(end, endOffset - fileOffset)
    yield { offset, length: stop - offset, kind: hasData ? 'data' : 'absent' }
    offset = stop
  }
}
