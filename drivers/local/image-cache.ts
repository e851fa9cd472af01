/**
 * Images as local files, named by their hash: `<dir>/<sha256>.<format>`. A file that is there is whole and verified:
 * it came by rename from a temporary one whose bytes were hashed on the way. Owns the folder; one process at a time.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { addAbortSignal } from 'node:stream'
import type { Readable } from 'node:stream'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { ImageSource, OpenedImage } from '../../src/driver/driver.ts'
import type { ImageRef } from '../../src/driver/vm-spec.ts'
import { DisposableFiles, type Removed } from './disposable-files.ts'
import { cancelled } from './refusals.ts'
import { orAborted, SharedWork, type Wanted } from './shared-work.ts'
import { storageError } from './storage-error.ts'
import { syncFolder } from './whole-file.ts'

export interface FetchOptions extends Wanted {
  readonly source: ImageSource
}

const chunkBytes = 256 * 1024
const progressEveryBytes = 4 * 1024 ** 2
const stallTimeoutMs = 60_000
const zeros = Buffer.alloc(chunkBytes)
const partSuffix = '.part'

export class ImageCache {
  readonly #dir: string
  readonly #files: DisposableFiles
  readonly #fetches = new SharedWork<string>()
  #parts = 0

  private constructor(dir: string) {
    this.#dir = dir
    this.#files = new DisposableFiles(dir, (name) => name.endsWith(partSuffix))
  }

  /** Makes the folder and removes what a crash left half done in it. */
  static async open(dir: string): Promise<ImageCache> {
    await mkdir(dir, { recursive: true, mode: 0o711 })
    const halves = (await readdir(dir)).filter((name) => name.endsWith(partSuffix))
    for (const name of halves) await rm(join(dir, name), { force: true })
    return new ImageCache(dir)
  }

  /** Where the image lies, or will lie. */
  pathOf(image: ImageRef): string {
    return join(this.#dir, `${image.sha256}.${image.format}`)
  }

  /**
   * Brings the image here unless it is; concurrent calls for one image share one copy, which goes on while one of them wants it.
   * @throws DriverError IMAGE_BAD, STORAGE_FULL, TIMEOUT (no progress), CANCELLED; nothing is left behind
   */
  async fetch(image: ImageRef, options: FetchOptions): Promise<string> {
    const path = this.pathOf(image)
    if (options.signal.aborted) throw cancelled()
    await this.#files.need(path)
    if (await isThere(path, image.sizeBytes)) return path
    return await this.#fetches.join(path, options, (stop, onProgress) => {
      const part = `${path}.${process.pid}-${++this.#parts}${partSuffix}`
      const onDone = (doneBytes: number): void => onProgress(doneBytes, image.sizeBytes)
      return copyVerified(image, { path, part, source: options.source, stop, onProgress: onDone })
    })
  }

  /** @param inUse paths of images that something stands on */
  async removeUnused(inUse: ReadonlySet<string>, unusedMs: number): Promise<Removed> {
    return await this.#files.removeUnused(inUse, unusedMs)
  }
}

interface Copy {
  readonly path: string
  readonly part: string
  readonly source: ImageSource
  readonly stop: AbortController
  readonly onProgress: (doneBytes: number) => void
}

async function copyVerified(image: ImageRef, copy: Copy): Promise<string> {
  try {
    const stream = await openStream(image, copy)
    await writeVerified(image, stream, copy)
    await rename(copy.part, copy.path)
    await syncFolder(dirname(copy.path))
    return copy.path
  } catch (error) {
    throw copyError(error, copy.stop.signal)
  } finally {
    await rm(copy.part, { force: true })
  }
}

async function openStream(image: ImageRef, { source, stop }: Copy): Promise<Readable> {
  const opening = source.open(image, stop.signal)
  // A source may be deaf to the signal; then its stream, when it comes at last, is closed unread.
  const opened = await orAborted(opening, stop.signal).catch((error: unknown) => {
    opening.then(closeUnread, () => undefined)
    throw error
  })
  const stream = opened.via === 'stream' ? opened.stream : createReadStream(opened.path, { highWaterMark: chunkBytes })
  stream.on('error', () => undefined) // the reader below sees it; before it reads, nobody would
  return addAbortSignal(stop.signal, stream)
}

function closeUnread(opened: OpenedImage): void {
  if (opened.via === 'stream') opened.stream.destroy()
}

async function writeVerified(image: ImageRef, stream: Readable, copy: Copy): Promise<void> {
  const file = await open(copy.part, 'wx', 0o600)
  const stall = setTimeout(() => copy.stop.abort(stalled()), stallTimeoutMs)
  try {
    const hash = createHash('sha256')
    let done = 0
    let reported = 0
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (done + chunk.length > image.sizeBytes) throw imageBad('The image is larger than it should be.')
      hash.update(chunk)
      if (!isZero(chunk)) await writeAll(file, chunk, done)
      done += chunk.length
      stall.refresh()
      if (done - reported < progressEveryBytes && done < image.sizeBytes) continue
      reported = done
      copy.onProgress(done)
    }
    if (done !== image.sizeBytes) throw imageBad(`The image ended after ${done} of ${image.sizeBytes} bytes.`)
    if (hash.digest('hex') !== image.sha256) throw imageBad("The image's bytes do not match its sha256.")
    await file.truncate(done) // zeros at the end were skipped
    await file.chmod(0o444)
    await file.sync()
  } finally {
    clearTimeout(stall)
    stream.destroy()
    await file.close()
  }
}

async function writeAll(file: Awaited<ReturnType<typeof open>>, chunk: Buffer, position: number): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    done += (await file.write(chunk, done, chunk.length - done, position + done)).bytesWritten
  }
}

function isZero(chunk: Buffer): boolean {
  return chunk.length <= zeros.length && zeros.compare(chunk, 0, chunk.length, 0, chunk.length) === 0
}

async function isThere(path: string, sizeBytes: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() === true && found.size === sizeBytes
}

function copyError(error: unknown, signal: AbortSignal): DriverError {
  if (signal.aborted && signal.reason instanceof DriverError) return signal.reason
  if (signal.aborted) return cancelled()
  if (error instanceof DriverError) return error
  const storage = storageError(error)
  if (storage !== undefined) return storage
  const native = error instanceof Error ? error.message : String(error)
  const code = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'IMAGE_BAD' : 'UNREACHABLE'
  return new DriverError(code, 'The image could not be read.', { effect: 'none', native, cause: error })
}

function stalled(): DriverError {
  const text = `The image sent nothing for ${stallTimeoutMs / 1000} seconds.`
  return new DriverError('TIMEOUT', text, { effect: 'none' })
}
function imageBad(text: string): DriverError {
  return new DriverError('IMAGE_BAD', text, { effect: 'none' })
}
