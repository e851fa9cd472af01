import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteMetadefObject: Handler<'deleteMetadefObject'> = async ({ auth, params }, services) => {
  await services.metadefs.deleteItem(params.namespace, 'object', params.name, imageCaller(auth))
  return { status: 204 }
}
