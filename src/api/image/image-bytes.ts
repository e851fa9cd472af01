/** An image's bytes as an answer: all of them, or the part that a Range header names. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { ImageService } from '../../images/image-service.ts'
import { notFound } from '../../model/errors.ts'
import type { ImageRecord } from '../../model/image.ts'
import { readRange } from './byte-range.ts'

interface ImageBytes {
  readonly status: 200 | 206
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
}

/** @param image an active one. @throws PolyvisorError 416; 404 when it was deleted meanwhile */
export async function imageBytes(
  image: ImageRecord,
  headers: IncomingHttpHeaders,
  images: ImageService,
): Promise<ImageBytes> {
  const { sizeBytes } = image
  if (sizeBytes === null) throw notFound('image', image.id)
  // If-Range names what the client has by a tag or a date; we hand out neither, so it cannot be the same.
  const range = headers['if-range'] === undefined ? readRange(headers.range, sizeBytes) : undefined
  const body = await images.download(image, range)
  const common = { 'Content-Type': 'application/octet-stream', 'Accept-Ranges': 'bytes' }
  if (range === undefined) {
    return {
      status: 200,
      headers: { ...common, 'Content-Length': String(sizeBytes), 'Content-MD5': image.md5 ?? '' },
      body,
    }
  }
  const { first, last } = range
  return {
    status: 206,
    headers: {
      ...common,
      'Content-Length': String(last - first + 1),
      'Content-Range': `bytes ${first}-${last}/${sizeBytes}`,
    },
    body,
  }
}
