import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefObjectView, metadefNamespacePath } from '../views/metadef.ts'
import { itemWords } from './metadef-words.ts'

export const createMetadefObject: Handler<'createMetadefObject'> = async ({ auth, params, body }, services) => {
  const item = await services.metadefs.addItem(params.namespace, 'object', itemWords(body), imageCaller(auth))
  const path = `${metadefNamespacePath(params.namespace)}/objects/${encodeURIComponent(item.name)}`
  return {
    status: 201,
    headers: { Location: `${services.publicUrl}/image${path}` },
    body: metadefObjectView(params.namespace, item),
  }
}
