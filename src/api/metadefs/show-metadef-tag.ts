import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefTagView } from '../views/metadef.ts'

export const showMetadefTag: Handler<'showMetadefTag'> = async ({ auth, params }, services) => {
  const item = await services.metadefs.getItem(params.namespace, 'tag', params.name, imageCaller(auth))
  return { status: 200, body: metadefTagView(item) }
}
