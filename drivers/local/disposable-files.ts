/**
 * Files that are made again when they are needed, such as images in a cache: who needs one says so, and what nobody needed for a
 * while is removed. When a file was needed last is the time of its inode's last change, which survives a restart.
 */
import { chmod, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

export interface Removed {
  readonly files: number
  /** What the file system got back. */
  readonly bytes: number
}

const mode = 0o444

export class DisposableFiles {
  readonly #dir: string
  readonly #isTemporary: (name: string) => boolean
  readonly #neededAtMs = new Map<string, number>()
  readonly #removals = new Map<string, Promise<void>>()

  /** @param dir nothing else is in it but temporary files with a suffix that `isTemporary` knows */
  constructor(dir: string, isTemporary: (name: string) => boolean) {
    this.#dir = dir
    this.#isTemporary = isTemporary
  }

  /** To be awaited before anybody looks whether it is there: from then on it stays for as long as unused files do. */
  async need(path: string): Promise<void> {
    this.#neededAtMs.set(path, Date.now())
    await this.#removals.get(path)
    await touch(path)
  }

  /** @param inUse what somebody stands on, by paths whose last part counts: folders move. Those count as needed now */
  async removeUnused(inUse: ReadonlySet<string>, unusedMs: number): Promise<Removed> {
    const names = new Set([...inUse].map((path) => basename(path)))
    let [files, bytes] = [0, 0]
    for (const name of await readdir(this.#dir)) {
      const path = join(this.#dir, name)
      if (this.#isTemporary(name)) continue
      if (names.has(name)) {
        await touch(path)
        continue
      }
      const found = await stat(path).catch(() => undefined)
      if (found?.isFile() !== true) continue
      const neededAtMs = Math.max(found.ctimeMs, this.#neededAtMs.get(path) ?? 0)
      if (Date.now() - neededAtMs < unusedMs) continue
      const removal = rm(path, { force: true })
      this.#removals.set(path, removal)
      await removal.finally(() => this.#removals.delete(path))
      this.#neededAtMs.delete(path)
      files += 1
      // Another name for the same bytes keeps them.
      if (found.nlink === 1) bytes += found.blocks * 512
    }
    return { files, bytes }
  }
}

/** A change of the mode to what it is already changes nothing but that time. */
async function touch(path: string): Promise<void> {
  await chmod(path, mode).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  })
}
