/** A target file that appears under its name only when it is whole: a temporary file beside it, fsync, rename. */
import { write } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { OwnedTarget } from './disk-target.ts'
import { fileHandleSource } from './file-source.ts'
import { InTurn } from './in-turn.ts'
import type { OwnedSource, RandomAccessSource } from './random-access-source.ts'
import { makeTemporaryPath, removeLeftovers } from './temporary-name.ts'

export interface FileTarget extends OwnedTarget {
  /** What was written so far, to read it back. */
  openSource(): Promise<RandomAccessSource>
  /** The same for a sibling by its name; undefined for any other name. */
  openWritten(names: readonly string[]): Promise<OwnedSource | undefined>
  createSibling(suffix: string): Promise<{ readonly name: string; readonly target: FileTarget }>
}

export interface FileTargetOptions {
  /** False leaves it to the system when the bytes reach the disk, as qemu-img does. True when not given. */
  readonly isDurable?: boolean
}

/** @throws the file system's own error when there is no room or right for it */
export async function createFileTarget(path: string, options: FileTargetOptions = {}): Promise<FileTarget> {
  await removeLeftovers(path)
  const temporary = await makeTemporaryPath(path)
  const handle = await open(temporary, 'wx+')
  const siblings = new Map<string, FileTarget>()
  const writeBack = new EarlyWriteBack(handle)
  // Writes to one file wait for each other in the kernel, and spin while they do: better that they wait here.
  const writes = new InTurn()
  return {
    isSeekable: true,
    async write(offset, bytes) {
      await writes.run(() => writeAll(handle.fd, bytes, offset))
      if (options.isDurable !== false) writeBack.wrote(bytes.length)
    },
    setSize: (sizeBytes) => handle.truncate(sizeBytes),
    openSource: () => fileHandleSource(handle),
    async openWritten(names) {
      const sibling = names.map((name) => siblings.get(name)).find((found) => found !== undefined)
      if (sibling === undefined) return undefined
      const close = async (): Promise<void> => undefined
      return { ...(await sibling.openSource()), close, [Symbol.asyncDispose]: close }
    },
    async createSibling(suffix) {
      const { name, path: siblingPath } = siblingOf(path, suffix)
      const target = await createFileTarget(siblingPath, options)
      siblings.set(name, target)
      return { name, target }
    },
    async commit() {
      for (const sibling of siblings.values()) await sibling.commit()
      await writeBack.settle()
      if (options.isDurable !== false) await handle.sync()
      await handle.close()
      await rename(temporary, path)
      if (options.isDurable !== false) await syncFolder(dirname(path))
    },
    async discard() {
      await Promise.all(siblings.values().map((sibling) => sibling.discard()))
      await writeBack.settle()
      await handle.close().catch(() => undefined)
      await rm(temporary, { force: true }).catch(() => undefined)
    },
  }
}

const writeBackBytes = 64 * 1024 ** 2

/** The disk works while the rest is still being made, so that little is left for the sync at the end. */
class EarlyWriteBack {
  readonly #handle: FileHandle
  #unsentBytes = 0
  #running: Promise<void> | undefined

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  wrote(bytes: number): void {
    this.#unsentBytes += bytes
    if (this.#unsentBytes < writeBackBytes || this.#running !== undefined) return
    this.#unsentBytes = 0
    this.#running = this.#start().finally(() => {
      this.#running = undefined
    })
  }

  /** The file may be closed then. */
  async settle(): Promise<void> {
    await this.#running
  }

  async #start(): Promise<void> {
    const { loadWriteBack } = await import('./native/write-back.ts')
    await loadWriteBack()?.(this.#handle.fd)
  }
}

/** `disk.vmdk` and `-flat` give `disk-flat.vmdk`. */
function siblingOf(path: string, suffix: string): { readonly name: string; readonly path: string } {
  const base = basename(path)
  const dot = base.lastIndexOf('.')
  const name = dot > 0 ? `${base.slice(0, dot)}${suffix}${base.slice(dot)}` : `${base}${suffix}`
  return { name, path: join(dirname(path), name) }
}

async function syncFolder(path: string): Promise<void> {
  const folder: FileHandle = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function writeAll(fd: number, bytes: Buffer, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await writeSome(fd, bytes, done, offset + done)
}

function writeSome(fd: number, bytes: Buffer, from: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    if (fd < 0) return reject(Object.assign(new Error('the file is closed'), { code: 'EBADF' }))
    write(fd, bytes, from, bytes.length - from, position, (error, written) => {
      if (error === null) resolve(written)
      else reject(error)
    })
  })
}
