/** Reads images as a real driver would while copying them: once per content, with sha256 and size checked. What they held is kept. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { addAbortSignal } from 'node:stream'
import { DriverError, type ImageRef, type ImageSource } from '../../src/driver/index.ts'
import type { DiskContents } from './disk-contents.ts'

export class ImageReader {
  readonly #known = new Set<string>()
  readonly #contents: DiskContents

  constructor(contents: DiskContents) {
    this.#contents = contents
  }

  /** @throws DriverError IMAGE_BAD or CANCELLED, with effect `none` */
  async read(image: ImageRef, source: ImageSource, signal: AbortSignal): Promise<void> {
    if (this.#known.has(image.sha256)) return
    try {
      const opened = await orAborted(source.open(image, signal), signal)
      const stream = opened.via === 'stream' ? opened.stream : createReadStream(opened.path)
      stream.on('error', () => undefined) // met below, where it is read
      const hash = createHash('sha256')
      let sizeBytes = 0
      await using keeping = await this.#contents.begin(opened)
      for await (const chunk of addAbortSignal(signal, stream) as AsyncIterable<Buffer>) {
        hash.update(chunk)
        sizeBytes += chunk.length
        await keeping.write(chunk)
      }
      if (sizeBytes !== image.sizeBytes || hash.digest('hex') !== image.sha256)
        throw new DriverError('IMAGE_BAD', 'The image is not what its sha256 says.', { effect: 'none' })
      await keeping.commit(image.sha256)
      this.#known.add(image.sha256)
    } catch (error) {
      if (error instanceof DriverError) throw error
      if (signal.aborted) throw cancelled()
      const native = error instanceof Error ? error.message : String(error)
      throw new DriverError('IMAGE_BAD', 'The image cannot be read.', { effect: 'none', native, cause: error })
    }
  }
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const stop = (): void => aborted.reject(cancelled())
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

export function cancelled(): DriverError {
  return new DriverError('CANCELLED', 'The call was cancelled.', { effect: 'none' })
}
