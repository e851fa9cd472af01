import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefNamespacePath, metadefSchemas, metadefTagNameView } from '../views/metadef.ts'

export const listMetadefTags: Handler<'listMetadefTags'> = async ({ auth, params }, services) => {
  const items = await services.metadefs.listItems(params.namespace, 'tag', imageCaller(auth))
  return {
    status: 200,
    body: {
      tags: items.map(metadefTagNameView),
      first: `${metadefNamespacePath(params.namespace)}/tags`,
      schema: `${metadefSchemas}/tags`,
    },
  }
}
