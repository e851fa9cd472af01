import { createCipheriv } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const mib = 1024 ** 2
const diskBytes = 4096 * mib
const filesBytes = 870 * mib
const noiseBytes = 330 * mib
/** Data comes in stretches of this, holes between. */
const stretchBytes = 96 * mib
const gapBytes = 200 * mib

/**
 * A disk like one that was used: what lies under /usr (half of it packs well), bytes that do not pack at all, holes.
 * @returns how much data is in it
 */
export async function makeBenchDisk(path: string): Promise<number> {
  const disk = await open(path, 'wx')
  try {
    await disk.truncate(diskBytes)
    let dataBytes = 0
    const put = async (bytes: Buffer): Promise<void> => {
      for (let at = 0; at < bytes.length;) {
        const stretch = Math.floor(dataBytes / stretchBytes)
        const inStretch = dataBytes % stretchBytes
        const part = bytes.subarray(at, at + stretchBytes - inStretch)
        await disk.write(part, 0, part.length, mib + stretch * (stretchBytes + gapBytes) + inStretch)
        at += part.length
        dataBytes += part.length
      }
    }
    await putFiles('/usr', put)
    const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16))
    for (let done = 0; done < noiseBytes; done += mib) await put(cipher.update(Buffer.alloc(mib)))
    return dataBytes
  } finally {
    await disk.close()
  }
}

/** Files in the order of their names, each from a multiple of 4 KiB on, until there are enough. */
async function putFiles(folder: string, put: (bytes: Buffer) => Promise<void>): Promise<void> {
  let left = filesBytes
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const path of paths.sort()) {
    const { size } = await stat(path)
    const bytes = Math.ceil(size / 4096) * 4096
    if (size === 0 || bytes > Math.min(left, 256 * mib)) continue
    const file: FileHandle = await open(path)
    const buffer = Buffer.alloc(bytes)
    await file.read(buffer, 0, size).finally(() => file.close())
    await put(buffer)
    left -= bytes
    if (left < 4096) return
  }
}
