import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefPropertyView } from '../views/metadef.ts'

export const showMetadefProperty: Handler<'showMetadefProperty'> = async ({ auth, params }, services) => {
  const item = await services.metadefs.getItem(params.namespace, 'property', params.name, imageCaller(auth))
  return { status: 200, body: metadefPropertyView(item) }
}
