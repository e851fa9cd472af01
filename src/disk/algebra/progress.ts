import type { DiskExtent } from '../disk.ts'

export interface DiskProgress {
  /** How far into the disk. */
  readonly doneBytes: number
  /** The disk's size; undefined while a stream of unknown length comes. */
  readonly totalBytes: number | undefined
  /** Of what is done, the data: the rest was empty and cost nothing. */
  readonly dataBytes: number
}

/** Decorator: tells after each extent how far the consumer has come. */
export async function* withProgress(
  extents: AsyncIterable<DiskExtent>,
  totalBytes: number | undefined,
  report: (progress: DiskProgress) => void,
): AsyncGenerator<DiskExtent, void, undefined> {
  let dataBytes = 0
  for await (const extent of extents) {
    yield extent
    if (extent.kind === 'data') dataBytes += extent.length
    report({ doneBytes: extent.offset + extent.length, totalBytes, dataBytes })
  }
}
