import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefPropertyView, metadefNamespacePath } from '../views/metadef.ts'
import { itemWords } from './metadef-words.ts'

export const createMetadefProperty: Handler<'createMetadefProperty'> = async ({ auth, params, body }, services) => {
  const item = await services.metadefs.addItem(params.namespace, 'property', itemWords(body), imageCaller(auth))
  const path = `${metadefNamespacePath(params.namespace)}/properties/${encodeURIComponent(item.name)}`
  return {
    status: 201,
    headers: { Location: `${services.publicUrl}/image${path}` },
    body: metadefPropertyView(item),
  }
}
