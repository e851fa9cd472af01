/** One pass over a disk for several consumers: the slowest sets the pace, and the source ends when the last one has left. */
import { countdown } from '../countdown.ts'
import type { DiskExtent } from '../disk.ts'

type Turn = { readonly extent: DiskExtent | undefined }

/** @param count how many consumers; each gets every extent, and must either read to the end or leave (return, break) */
export function fork(
  extents: AsyncGenerator<DiskExtent, void, undefined>,
  count: number,
): readonly AsyncGenerator<DiskExtent, void, undefined>[] {
  let present = count
  let waiting: { readonly resolve: (turn: Turn) => void; readonly reject: (error: unknown) => void }[] = []

  /** Gives the next extent to all when all have asked. */
  const serve = async (): Promise<void> => {
    if (present === 0 || waiting.length < present) return
    const askers = waiting
    waiting = []
    try {
      const { value, done } = await extents.next()
      const extent = done === true ? undefined : shared(value, askers.length)
      for (const { resolve } of askers) resolve({ extent })
    } catch (error) {
      for (const { reject } of askers) reject(error)
    }
  }

  const branch = async function* (): AsyncGenerator<DiskExtent, void, undefined> {
    try {
      for (;;) {
        const turn = new Promise<Turn>((resolve, reject) => waiting.push({ resolve, reject }))
        void serve()
        const { extent } = await turn
        if (extent === undefined) return
        yield extent
      }
    } finally {
      present--
      if (present === 0) await extents.return(undefined)
      else void serve()
    }
  }
  return Array.from({ length: count }, branch)
}

/** The buffer goes back when every consumer has given it back. */
function shared(extent: DiskExtent, consumers: number): DiskExtent {
  return extent.kind === 'data' ? { ...extent, release: countdown(consumers, () => extent.release()) } : extent
}
