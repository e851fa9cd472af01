/** Makes a disk: its image's bytes, checked on the way, and zeros behind them. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { addAbortSignal } from 'node:stream'
import { DriverError, type Control, type DiskSpec, type ImageRef, type ImageSource } from '../../src/driver/index.ts'

/** @throws DriverError IMAGE_BAD for bytes that are not what the spec says */
export async function writeDisk(
  path: string,
  disk: DiskSpec,
  { images, signal }: Control,
  onBytes: (count: number) => void,
): Promise<void> {
  const file = await open(path, 'w')
  try {
    const { source } = disk
    if (source.kind === 'image') {
      for await (const chunk of checkedBytes(source.image, images, signal)) {
        await file.writeFile(chunk)
        onBytes(chunk.length)
      }
    }
    await file.truncate(disk.sizeBytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function* checkedBytes(image: ImageRef, images: ImageSource, signal: AbortSignal): AsyncGenerator<Buffer> {
  const opened = await orAborted(images.open(image, signal), signal)
  const stream = opened.via === 'stream' ? opened.stream : createReadStream(opened.path)
  const hash = createHash('sha256')
  let sizeBytes = 0
  try {
    for await (const chunk of addAbortSignal(signal, stream) as AsyncIterable<Buffer>) {
      yield chunk
      hash.update(chunk)
      sizeBytes += chunk.length
    }
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new DriverError('IMAGE_BAD', 'The image cannot be read.', { effect: 'none', native: String(cause), cause })
  }
  if (sizeBytes !== image.sizeBytes || hash.digest('hex') !== image.sha256)
    throw new DriverError('IMAGE_BAD', 'The image is not what its sha256 says.', { effect: 'none' })
}

/** Whoever brings images may be deaf to the signal; we are not. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('cancelled')), { once: true })
  })
  return Promise.race([work, aborted])
}
