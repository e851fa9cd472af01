import type { Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'

export const downloadImageData: Handler<'downloadImageData'> = async ({ auth, params }, services) => {
  const { image, stream } = await services.images.download(params.image_id, imageCaller(auth))
  if (stream === undefined) return { status: 204 }
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(image.sizeBytes),
      'Content-MD5': image.md5 ?? '',
    },
    body: stream,
  }
}
