import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefObjectView } from '../views/metadef.ts'

export const showMetadefObject: Handler<'showMetadefObject'> = async ({ auth, params }, services) => {
  const item = await services.metadefs.getItem(params.namespace, 'object', params.name, imageCaller(auth))
  return { status: 200, body: metadefObjectView(params.namespace, item) }
}
