import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefNamespacePath, metadefObjectView, metadefSchemas } from '../views/metadef.ts'

export const listMetadefObjects: Handler<'listMetadefObjects'> = async ({ auth, params }, services) => {
  const items = await services.metadefs.listItems(params.namespace, 'object', imageCaller(auth))
  return {
    status: 200,
    body: {
      objects: items.map((item) => metadefObjectView(params.namespace, item)),
      first: `${metadefNamespacePath(params.namespace)}/objects`,
      schema: `${metadefSchemas}/objects`,
    },
  }
}
