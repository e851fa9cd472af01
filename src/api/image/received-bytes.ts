/** The bytes of an image as a request brings them: uploads and staging alike. */
import type { Readable } from 'node:stream'
import type { UploadBody } from '../../images/receive-image.ts'
import { PolyvisorError } from '../../model/errors.ts'
import type { ApiRequest } from '../handler.ts'

type Request = Pick<ApiRequest<'uploadImageData'>, 'stream' | 'headers' | 'mediaType'>

/** @throws PolyvisorError what `take` throws; by then the request has been read, up to a point */
export async function takeBytes(
  { stream, headers, mediaType }: Request,
  take: (upload: UploadBody) => Promise<void>,
): Promise<void> {
  try {
    // Whoever names no type would have it guessed, and Glance refuses that as well.
    if (mediaType !== 'application/octet-stream') {
      const message = 'Unsupported Content-Type; image data is sent as application/octet-stream.'
      throw new PolyvisorError('unsupported-media-type', 'unsupported-media-type', message)
    }
    await take({ body: stream, contentLength: announcedLength(headers['content-length']) })
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
