/** A source over one open file. Nothing here opens a second path, whatever the image says. */
import { read } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { assertInside } from './bounds.ts'
import { truncated } from './disk-error.ts'
import type { OwnedSource, RandomAccessSource } from './random-access-source.ts'

export type FileSource = OwnedSource

/** The handle stays the caller's: closing it is the caller's duty. `sizeBytes` is the size at this moment. */
export async function fileHandleSource(handle: FileHandle): Promise<RandomAccessSource> {
  const { size: sizeBytes, dev, ino } = await handle.stat()
  return {
    sizeBytes,
    identity: `${dev}:${ino}`,
    async read(offset, length, signal) {
      assertInside(sizeBytes, offset, length, 'a read')
      const buffer = Buffer.allocUnsafeSlow(length)
      await fill(handle, buffer, offset, signal)
      return buffer
    },
    async readInto(target, offset, signal) {
      assertInside(sizeBytes, offset, target.length, 'a read')
      await fill(handle, target, offset, signal)
    },
    async loadStretches() {
      const { loadHoleFinder } = await import('./native/find-holes.ts')
      const find = loadHoleFinder()
      return find === undefined ? undefined : (offset) => find(handle.fd, offset, sizeBytes)
    },
  }
}

/** Opens `path` for reading. @throws the file system's own error when it cannot be opened. */
export async function openFileSource(path: string): Promise<FileSource> {
  const handle = await open(path, 'r')
  try {
    const source = await fileHandleSource(handle)
    return { ...source, close: () => handle.close(), [Symbol.asyncDispose]: () => handle.close() }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function fill(handle: FileHandle, target: Buffer, offset: number, signal?: AbortSignal): Promise<void> {
  let done = 0
  while (done < target.length) {
    signal?.throwIfAborted()
    const bytesRead = await readSome(handle.fd, target, done, offset + done)
    if (bytesRead === 0) throw truncated('a read')
    done += bytesRead
  }
}

/** The callback form: a FileHandle's own read costs several times as much per call. */
function readSome(fd: number, target: Buffer, from: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // A closed handle's number is -1, and one that was kept might be another file by now.
    if (fd < 0) return reject(Object.assign(new Error('the file is closed'), { code: 'EBADF' }))
    read(fd, target, from, target.length - from, position, (error, bytesRead) => {
      if (error === null) resolve(bytesRead)
      else reject(error)
    })
  })
}
