import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { pageLink } from '../image/page-link.ts'
import { metadefAssociationView, metadefNamespaceView, metadefSchemas } from '../views/metadef.ts'

export const listMetadefNamespaces: Handler<'listMetadefNamespaces'> = async ({ auth, query, rawQuery }, services) => {
  const { visibility, resource_types: types, sort_key: key = 'created_at', limit, marker } = query
  const request = {
    filter: { visibility, resourceTypes: types?.split(',') },
    key,
    descending: query.sort_dir !== 'asc',
    limit,
    marker,
  }
  const { namespaces, hasMore } = await services.metadefs.list(request, imageCaller(auth))
  const last = namespaces.at(-1)?.namespace.name
  const path = '/v2/metadefs/namespaces'
  return {
    status: 200,
    body: {
      namespaces: namespaces.map(({ namespace, resourceTypes }) => ({
        ...metadefNamespaceView(namespace),
        resource_type_associations: resourceTypes.map(metadefAssociationView),
      })),
      first: pageLink(path, rawQuery, undefined),
      ...(hasMore && last !== undefined ? { next: pageLink(path, rawQuery, last) } : {}),
      schema: `${metadefSchemas}/namespaces`,
    },
  }
}
