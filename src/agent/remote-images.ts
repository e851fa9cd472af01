/**
 * Images from the control plane's API, as one stream each: a connection that breaks is taken up again where it broke,
 * under a new address. Who keeps them, and under which hash, is the driver's affair.
 */
import { Readable } from 'node:stream'
import { DriverError } from '../driver/driver-error.ts'
import type { ImageSource } from '../driver/driver.ts'
import type { ImageRef } from '../driver/vm-spec.ts'
import { delay } from '../util/delay.ts'
import type { Logger } from '../util/logger.ts'
import { ControlRefusal, type ControlClient } from './control-client.ts'

export interface RemoteImageParts {
  readonly client: ControlClient
  readonly token: () => string
  readonly log: Logger
  /** After the first connection that brought nothing; 500, for tests less. */
  readonly pauseMs?: number
}

/** So many connections in a row may bring nothing. */
const maxFruitless = 8
const usualPauseMs = 500

export function remoteImages(parts: RemoteImageParts): ImageSource {
  return {
    async open(image, signal) {
      return { via: 'stream', stream: Readable.from(bytesOf(parts, image, signal), { objectMode: false }) }
    },
  }
}

/** @throws DriverError IMAGE_BAD when the API has no such image for us, UNREACHABLE when it stays away */
async function* bytesOf(parts: RemoteImageParts, image: ImageRef, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { client, token, log, pauseMs = usualPauseMs } = parts
  let offset = 0
  let fruitless = 0
  while (offset < image.sizeBytes) {
    const begunAt = offset
    let failure: unknown = new Error('the answer ended before the image did')
    try {
      const { body } = await client.fetchImage(token(), image.imageId, offset, signal)
      for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
        offset += chunk.byteLength
        yield chunk
      }
      if (offset >= image.sizeBytes) return
    } catch (error) {
      if (signal.aborted) throw error
      if (error instanceof ControlRefusal && error.status < 500) throw imageBad(image, error)
      failure = error
    }
    fruitless = offset > begunAt ? 0 : fruitless + 1
    if (fruitless >= maxFruitless) throw unreachable(failure)
    log.warn({ imageId: image.imageId, offset, err: failure }, 'fetching an image broke off; it goes on from there')
    await delay(pauseMs * fruitless, signal)
  }
}

function imageBad({ imageId }: ImageRef, cause: ControlRefusal): DriverError {
  const message = `Image ${imageId} cannot be had any more.`
  return new DriverError('IMAGE_BAD', message, { effect: 'none', native: cause.message, cause })
}

function unreachable(cause: unknown): DriverError {
  const message = 'The image cannot be fetched: the control plane does not answer.'
  return new DriverError('UNREACHABLE', message, { retry: 'later', effect: 'none', cause })
}
