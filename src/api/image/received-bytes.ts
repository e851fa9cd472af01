/** The bytes of an image as a request brings them: uploads and staging alike. */
import type { UploadBody } from '../../images/receive-image.ts'
import { PolyvisorError } from '../../model/errors.ts'
import type { ApiRequest } from '../handler.ts'
import { drain } from './drain.ts'

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
