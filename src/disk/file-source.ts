/** A source over one open file. Nothing here opens a second path, whatever the image says. */
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { assertInside } from './bounds.ts'
import { truncated } from './disk-error.ts'
import type { RandomAccessSource } from './random-access-source.ts'

export interface FileSource extends RandomAccessSource, AsyncDisposable {
  close(): Promise<void>
}

/** The handle stays the caller's: closing it is the caller's duty. `sizeBytes` is the size at this moment. */
export async function fileHandleSource(handle: FileHandle): Promise<RandomAccessSource> {
  const { size: sizeBytes } = await handle.stat()
  return { sizeBytes, read: (offset, length, signal) => readExactly(handle, sizeBytes, offset, length, signal) }
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

async function readExactly(
  handle: FileHandle,
  sizeBytes: number,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Buffer> {
  assertInside(sizeBytes, offset, length, 'a read')
  const buffer = Buffer.allocUnsafeSlow(length)
  let done = 0
  while (done < length) {
    signal?.throwIfAborted()
    const { bytesRead } = await handle.read(buffer, done, length - done, offset + done)
    if (bytesRead === 0) throw truncated('a read')
    done += bytesRead
  }
  return buffer
}
