import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefTagView } from '../views/metadef.ts'

export const createMetadefTag: Handler<'createMetadefTag'> = async ({ auth, params }, services) => {
  const words = { name: params.name, body: {} }
  const item = await services.metadefs.addItem(params.namespace, 'tag', words, imageCaller(auth))
  return { status: 201, body: metadefTagView(item) }
}
