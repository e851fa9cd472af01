/** The query of the old image proxy in the image service's words. */
import type { ImageRecord } from '../../model/image.ts'
import type { ApiRequest } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import type { Services } from '../services.ts'
import { imageStatusesCalled } from '../views/compute-image.ts'
import { nextLink, type Link, type LinkBase } from '../views/links.ts'
import { pageSize } from './paging.ts'
import { readTime } from './words.ts'

type ListRequest = ApiRequest<'listComputeImages'> | ApiRequest<'listComputeImagesDetail'>

export async function listComputeImagePage(
  request: ListRequest,
  services: Services,
  list: string,
): Promise<{
  readonly images: readonly ImageRecord[]
  readonly base: LinkBase
  readonly links: { images_links?: Link[] }
}> {
  const { query, auth, rawQuery } = request
  const since = query['changes-since']
  const { images, hasMore } = await services.images.list(
    {
      filter: {
        names: query.name === undefined ? undefined : [query.name],
        statuses: query.status === undefined ? undefined : imageStatusesCalled(query.status),
        minDiskGb: query.minDisk,
        minMemoryMb: query.minRam,
        updatedAt: since === undefined ? undefined : [{ operator: 'gte', secondMs: readTime('changes-since', since) }],
        properties: {
          ...(query.type === undefined ? {} : { image_type: query.type }),
          // Clients give the server's address too.
          ...(query.server === undefined ? {} : { instance_uuid: query.server.split('/').at(-1) ?? '' }),
        },
      },
      sort: [],
      limit: pageSize(query.limit),
      ...(query.marker === undefined ? {} : { marker: query.marker }),
    },
    imageCaller(auth),
  )
  const base = { publicUrl: services.publicUrl, root: request.root }
  const last = images.at(-1)
  const links = hasMore && last !== undefined ? { images_links: [nextLink(base, list, rawQuery, last.id)] } : {}
  return { images, base, links }
}
