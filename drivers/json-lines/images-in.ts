/** Images as files: a driver in another process is handed paths. What comes as a stream is written down for as long as its call lasts. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DriverError, type Control, type ImageRef } from '../../src/driver/index.ts'

export class ImagesIn {
  readonly #folder: string

  /** @param folder is there, and empty */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** @param written gets the paths that are to be removed when the call has ended */
  async open(image: ImageRef, { images, signal }: Control, written: string[]): Promise<string> {
    const opened = await images.open(image, signal)
    if (opened.via === 'local-path') return opened.path
    const path = join(this.#folder, randomUUID())
    written.push(path)
    try {
      await pipeline(opened.stream, createWriteStream(path, { flags: 'wx' }), { signal })
      return path
    } catch (cause) {
      const isFull = (cause as { code?: unknown } | null)?.code === 'ENOSPC'
      const options = { effect: 'none', native: String(cause), cause } as const
      if (isFull) throw new DriverError('STORAGE_FULL', "The host's storage is full.", options)
      throw new DriverError('IMAGE_BAD', 'The image cannot be read.', options)
    }
  }
}
