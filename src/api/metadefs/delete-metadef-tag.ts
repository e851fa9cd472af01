import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteMetadefTag: Handler<'deleteMetadefTag'> = async ({ auth, params }, services) => {
  await services.metadefs.deleteItem(params.namespace, 'tag', params.name, imageCaller(auth))
  return { status: 204 }
}
