import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { drain } from './drain.ts'
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
