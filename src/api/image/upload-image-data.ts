import type { Readable } from 'node:stream'
import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'

export const uploadImageData: Handler<'uploadImageData'> = async (
  { auth, params, stream, headers, mediaType },
  services,
) => {
  try {
    // Whoever names no type would have it guessed, and Glance refuses that as well.
    if (mediaType !== 'application/octet-stream') {
      const message = 'Unsupported Content-Type; image data is sent as application/octet-stream.'
      throw new PolyvisorError('unsupported-media-type', 'unsupported-media-type', message)
    }
    const upload = { body: stream, contentLength: announcedLength(headers['content-length']) }
    await services.images.upload(params.image_id, upload, imageCaller(auth))
    return { status: 204 }
  } catch (error) {
    drain(stream)
    throw error
  }
}

function announcedLength(header: string | undefined): number | undefined {
  return header === undefined ? undefined : Number(header)
}

const maxDrainedBytes = 64 * 1024 * 1024
const maxDrainMs = 30_000

/** Many clients read the answer only after their last byte: the rest is taken and thrown away, up to a point. */
function drain(stream: Readable): void {
  let drainedBytes = 0
  const giveUp = (): void => void stream.destroy()
  const timer = setTimeout(giveUp, maxDrainMs).unref()
  stream.once('close', () => clearTimeout(timer))
  stream.on('data', (chunk: Buffer) => {
    drainedBytes += chunk.byteLength
    if (drainedBytes > maxDrainedBytes) giveUp()
  })
  stream.resume()
}
