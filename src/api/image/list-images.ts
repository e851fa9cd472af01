import type { Handler } from '../handler.ts'
import { imageView } from '../views/image.ts'
import { imageCaller } from './image-caller.ts'
import { imageListRequest } from './image-list-request.ts'

export const listImages: Handler<'listImages'> = async ({ auth, operation, query, rawQuery }, services) => {
  const known = new Set(Object.keys(operation.query?.properties ?? {}))
  const request = imageListRequest(query, rawQuery, known)
  const { images, hasMore } = await services.images.list(request, imageCaller(auth))
  const last = images.at(-1)
  return {
    status: 200,
    body: {
      images: images.map(imageView),
      first: pageLink(rawQuery, undefined),
      ...(hasMore && last !== undefined ? { next: pageLink(rawQuery, last.id) } : {}),
      schema: '/v2/schemas/images',
    },
  }
}

/** The same list from its beginning, or from after `marker`; relative to the face, as Glance's. */
function pageLink(rawQuery: URLSearchParams, marker: string | undefined): string {
  const query = new URLSearchParams(rawQuery)
  query.delete('marker')
  if (marker !== undefined) query.set('marker', marker)
  return query.size === 0 ? '/v2/images' : `/v2/images?${query.toString()}`
}
