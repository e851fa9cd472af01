import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteMetadefTags: Handler<'deleteMetadefTags'> = async ({ auth, params }, services) => {
  await services.metadefs.deleteItems(params.namespace, 'tag', imageCaller(auth))
  return { status: 204 }
}
