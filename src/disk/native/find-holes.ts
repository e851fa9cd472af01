/** Where a file has holes, by lseek's SEEK_DATA and SEEK_HOLE (Linux), which Node does not offer. */
import koffi from 'koffi'
import type { SourceStretch } from '../random-access-source.ts'

const seekData = 3
const seekHole = 4
const noMoreData = 6 // ENXIO

export type HoleFinder = (fd: number, offset: number, sizeBytes: number) => SourceStretch

let finder: HoleFinder | undefined | 'untried' = 'untried'

/** Undefined where libc has no such call: then a file is read from end to end. */
export function loadHoleFinder(): HoleFinder | undefined {
  if (finder === 'untried') finder = bind()
  return finder
}

function bind(): HoleFinder | undefined {
  let seek: (fd: number, offset: number, whence: number) => number
  try {
    const libc = koffi.load('libc.so.6')
    seek = libc.func('int64_t lseek64(int fd, int64_t offset, int whence)') as unknown as typeof seek
  } catch {
    return undefined
  }
  return (fd, offset, sizeBytes) => {
    const data = seek(fd, offset, seekData)
    if (data < 0) {
      // Any other error means that the file system cannot tell: then all of it counts as data.
      return { hasData: koffi.errno() !== noMoreData, endOffset: sizeBytes }
    }
    if (data > offset) return { hasData: false, endOffset: Math.min(data, sizeBytes) }
    const hole = seek(fd, offset, seekHole)
    return { hasData: true, endOffset: hole > offset ? Math.min(hole, sizeBytes) : sizeBytes }
  }
}
