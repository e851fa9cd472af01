/** Files that are whole whenever they are there under their name: they come by rename, and survive a power failure. */
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface FileOwner {
  readonly uid: number
  readonly gid: number
}

/** Replaces what was there. Whatever goes wrong, nothing half done is left. */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { mode, owner }: { readonly mode: number; readonly owner?: FileOwner | undefined },
): Promise<void> {
  const part = `${path}.part`
  await rm(part, { force: true })
  try {
    const file = await open(part, 'wx', mode)
    try {
      await file.writeFile(content)
      if (owner !== undefined) await file.chown(owner.uid, owner.gid)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** As text; undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  })
}

/** A rename in it is durable from then on. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}
