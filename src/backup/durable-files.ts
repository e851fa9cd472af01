/** Files that are hashed on their way, and that are on the disk when a function returns. */
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

export interface Written {
  readonly sizeBytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** Writes a new file of mode 0600 and flushes it. */
export async function writeDurably(path: string, chunks: AsyncIterable<Uint8Array>): Promise<Written> {
  const handle = await open(path, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    let sizeBytes = 0
    for await (const chunk of chunks) {
      hash.update(chunk)
      sizeBytes += chunk.byteLength
      await handle.writeFile(chunk)
    }
    await handle.sync()
    return { sizeBytes, sha256: hash.digest('hex') }
  } finally {
    await handle.close()
  }
}

/** Makes renames within the folder survive a power loss. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
