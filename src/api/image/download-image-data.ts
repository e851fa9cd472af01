import type { Handler } from '../handler.ts'
import { readRange } from './byte-range.ts'
import { imageCaller } from './image-caller.ts'

export const downloadImageData: Handler<'downloadImageData'> = async ({ auth, params, headers }, services) => {
  const image = await services.images.get(params.image_id, imageCaller(auth))
  const { sizeBytes } = image
  if (image.status !== 'active' || sizeBytes === null) return { status: 204 }
  // If-Range names what the client has by a tag or a date; we hand out neither, so it cannot be the same.
  const range = headers['if-range'] === undefined ? readRange(headers.range, sizeBytes) : undefined
  const stream = await services.images.download(image, range)
  const common = { 'Content-Type': 'application/octet-stream', 'Accept-Ranges': 'bytes' }
  if (range === undefined) {
    const whole = { ...common, 'Content-Length': String(sizeBytes), 'Content-MD5': image.md5 ?? '' }
    return { status: 200, headers: whole, body: stream }
  }
  const { first, last } = range
  return {
    status: 206,
    headers: {
      ...common,
      'Content-Length': String(last - first + 1),
      'Content-Range': `bytes ${first}-${last}/${sizeBytes}`,
    },
    body: stream,
  }
}
