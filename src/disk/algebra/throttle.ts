import type { DiskExtent } from '../disk.ts'

/** What a throttle needs of time, so that tests can bring their own. */
export interface ThrottleClock {
  nowMs(): number
  wait(ms: number): Promise<void>
}

/** Decorator: lets at most so many bytes of data through per second, so that others get their share of a disk or a line. */
export async function* throttle(
  extents: AsyncIterable<DiskExtent>,
  bytesPerSecond: number,
  clock: ThrottleClock,
): AsyncGenerator<DiskExtent, void, undefined> {
  const startMs = clock.nowMs()
  let bytes = 0
  for await (const extent of extents) {
    const dueMs = startMs + (bytes / bytesPerSecond) * 1000
    const waitMs = dueMs - clock.nowMs()
    if (waitMs > 0) await clock.wait(waitMs)
    if (extent.kind === 'data') bytes += extent.length
    yield extent
  }
}
