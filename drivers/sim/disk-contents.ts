/**
 * What the simulated disks hold: the bytes of the images that they were made of, one file each, by their hash. A disk is
 * its image with zeros behind it, for no simulated guest writes. Owns the folders `contents` and `snapshots`.
 */
import { randomUUID } from 'node:crypto'
import { createReadStream, readdirSync, rmSync } from 'node:fs'
import { copyFile, link, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { convertDisk } from '../../src/disk/index.ts'
import { growQcow2 } from '../../src/disk/formats/qcow2/grow.ts'
import { makeQcow2 } from '../../src/disk/formats/qcow2/overlay.ts'
import { DriverError, type OpenedImage } from '../../src/driver/index.ts'
import { cancelled } from './image-reader.ts'
import type { SimDisk } from './vm-store.ts'

/** An image's bytes on their way in; they stay only after `commit`. */
export interface Keeping extends AsyncDisposable {
  write(chunk: Uint8Array): Promise<void>
  commit(sha256: string): Promise<void>
}

/** A qcow2 file of a disk, gone when it is disposed of. */
export interface DiskImage extends AsyncDisposable {
  read(): AsyncIterable<Buffer>
}

const sectorBytes = 512

export class DiskContents {
  readonly #contents: string
  readonly #snapshots: string

  /** Removes what a crash left, and what no disk is made of any more. */
  constructor(folder: string, used: ReadonlySet<string>) {
    this.#contents = join(folder, 'contents')
    this.#snapshots = join(folder, 'snapshots')
    rmSync(this.#snapshots, { recursive: true, force: true })
    for (const name of namesIn(this.#contents)) if (!used.has(name)) rmSync(join(this.#contents, name), { force: true })
  }

  /** A local file gets a second name, which costs nothing; a stream is written down. */
  async begin(opened: OpenedImage): Promise<Keeping> {
    await mkdir(this.#contents, { recursive: true })
    const part = join(this.#contents, `${randomUUID()}.part`)
    const file = opened.via === 'stream' ? await open(part, 'wx') : undefined
    return {
      write: async (chunk) => void (await file?.writeFile(chunk)),
      commit: async (sha256) => {
        if (opened.via === 'local-path') await linkOrCopy(opened.path, part)
        await rename(part, join(this.#contents, sha256))
      },
      [Symbol.asyncDispose]: async () => {
        await file?.close()
        await rm(part, { force: true })
      },
    }
  }

  /** @throws DriverError CANCELLED, STORAGE_FULL, HYPERVISOR; nothing is left then */
  async makeImage(disk: SimDisk, signal: AbortSignal): Promise<DiskImage> {
    await mkdir(this.#snapshots, { recursive: true })
    const path = join(this.#snapshots, `${randomUUID()}.qcow2`)
    const remove = (): Promise<void> => rm(path, { force: true })
    try {
      await this.#write(disk, path, signal)
    } catch (error) {
      await remove()
      throw signal.aborted ? cancelled() : failure(error)
    }
    return { read: () => readFileOf(path, signal), [Symbol.asyncDispose]: remove }
  }

  async #write({ sizeBytes: bytes, content }: SimDisk, path: string, signal: AbortSignal): Promise<void> {
    const sizeBytes = Math.ceil(bytes / sectorBytes) * sectorBytes
    if (content === undefined) return writeFile(path, makeQcow2({ sizeBytes }))
    const source = join(this.#contents, content.sha256)
    const kind = { format: content.format, targetFormat: 'qcow2', isDurable: false } as const
    await convertDisk({ source, target: path, ...kind, signal })
    await using file = await open(path, 'r+')
    await growQcow2(file, sizeBytes)
  }
}

async function* readFileOf(path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { signal }) as AsyncIterable<Buffer>
  } catch (error) {
    throw signal.aborted ? cancelled() : failure(error)
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to))
}

function failure(cause: unknown): DriverError {
  const isFull = (cause as { code?: unknown } | null)?.code === 'ENOSPC'
  const options = { effect: 'none', native: String(cause), cause } as const
  if (isFull) return new DriverError('STORAGE_FULL', 'The host has no room for a snapshot.', options)
  return new DriverError('HYPERVISOR', 'The disk cannot be read.', options)
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
