import type { Handler } from '../handler.ts'
import { imageView } from '../views/image.ts'
import { imageCaller } from './image-caller.ts'
import { imageListRequest } from './image-list-request.ts'
import { pageLink } from './page-link.ts'

export const listImages: Handler<'listImages'> = async ({ auth, operation, query, rawQuery }, services) => {
  const known = new Set(Object.keys(operation.query?.properties ?? {}))
  const request = imageListRequest(query, rawQuery, known)
  const { images, hasMore } = await services.images.list(request, imageCaller(auth))
  const last = images.at(-1)
  return {
    status: 200,
    body: {
      images: images.map(imageView),
      first: pageLink('/v2/images', rawQuery, undefined),
      ...(hasMore && last !== undefined ? { next: pageLink('/v2/images', rawQuery, last.id) } : {}),
      schema: '/v2/schemas/images',
    },
  }
}
