/** Starts to write a file's bytes to its disk, by sync_file_range (Linux), which Node does not offer. */
import koffi from 'koffi'

const startWriting = 2

interface SyncFileRange {
  async(fd: number, offset: number, bytes: number, flags: number, done: (error: Error | null) => void): void
}

/** Resolves when the system has been told; what fails shows when the file is synced. */
export type StartWriteBack = (fd: number) => Promise<void>

let start: StartWriteBack | undefined | 'untried' = 'untried'

/** Undefined where libc has no such call. */
export function loadWriteBack(): StartWriteBack | undefined {
  if (start === 'untried') start = bind()
  return start
}

function bind(): StartWriteBack | undefined {
  try {
    const declaration = 'int sync_file_range(int fd, int64_t offset, int64_t bytes, unsigned int flags)'
    const call = koffi.load('libc.so.6').func(declaration) as unknown as SyncFileRange
    return (fd) => new Promise((resolve) => call.async(fd, 0, 0, startWriting, () => resolve()))
  } catch {
    return undefined
  }
}
