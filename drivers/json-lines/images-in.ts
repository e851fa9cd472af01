/** Images as files: a driver in another process is handed paths. What comes as a stream is written down for as long as its call lasts. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DriverError, type Control, type ImageRef, type OpenedImage } from '../../src/driver/index.ts'

export class ImagesIn {
  readonly #folder: string

  /** @param folder is there, and empty */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** @param written gets the paths that are to be removed when the call has ended */
  async open(
    image: ImageRef,
    { images, signal }: Pick<Control, 'images' | 'signal'>,
    written: string[],
  ): Promise<string> {
    const opened = await untilAborted(images.open(image, signal), signal)
    if (opened.via === 'local-path') return opened.path
    const path = join(this.#folder, randomUUID())
    written.push(path)
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    // Only then can whoever removes the file be sure that it does not come into being afterwards.
    const closed = new Promise<void>((resolve) => file.once('close', resolve))
    try {
      await pipeline(opened.stream, file, { signal })
      return path
    } catch (cause) {
      if (signal.aborted) throw cancelled()
      const isFull = (cause as { code?: unknown } | null)?.code === 'ENOSPC'
      const options = { effect: 'none', native: String(cause), cause } as const
      if (isFull) throw new DriverError('STORAGE_FULL', "The host's storage is full.", options)
      throw new DriverError('IMAGE_BAD', 'The image cannot be read.', options)
    } finally {
      await closed
    }
  }
}

/** Nobody waits for an image that nobody wants any more, whether or not its source listens to the signal. */
async function untilAborted(opening: Promise<OpenedImage>, signal: AbortSignal): Promise<OpenedImage> {
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => {
    aborted.reject(cancelled())
    opening.then(
      (late) => late.via === 'stream' && late.stream.on('error', () => undefined).destroy(),
      () => undefined,
    )
  }
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    return await Promise.race([opening, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function cancelled(): DriverError {
  return new DriverError('CANCELLED', 'The work was cancelled.', { effect: 'none' })
}
