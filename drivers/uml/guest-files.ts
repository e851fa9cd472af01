/** Reads what guests' users chose: never waits, never reads much, follows no link of theirs. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants
/** A pid and a line feed, with room to spare. */
const pidBytes = 32

/**
 * The pid that a file in a guest's folder names.
 * @param folder only its last part may be the guest's choice
 * @returns empty when there is no such file, or something else in its place
 */
export function readPidFile(folder: string, name: string): string {
  try {
    return withOpen(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, (folderFd) => {
      // By the folder that is open: its name may lead elsewhere by now.
      const path = `/proc/self/fd/${folderFd}/${name}`
      return withOpen(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, (fd) => {
        const found = fstatSync(fd)
        if (!found.isFile() || found.size > pidBytes) return ''
        return /^([0-9]+)\s*$/.exec(readStart(fd))?.[1] ?? ''
      })
    })
  } catch {
    return ''
  }
}

function readStart(fd: number): string {
  const bytes = Buffer.alloc(pidBytes)
  return bytes.toString('latin1', 0, readSync(fd, bytes, 0, pidBytes, 0))
}

function withOpen<T>(path: string, flags: number, use: (fd: number) => T): T {
  const fd = openSync(path, flags)
  try {
    return use(fd)
  } finally {
    closeSync(fd)
  }
}
