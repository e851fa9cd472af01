import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteMetadefObjects: Handler<'deleteMetadefObjects'> = async ({ auth, params }, services) => {
  await services.metadefs.deleteItems(params.namespace, 'object', imageCaller(auth))
  return { status: 204 }
}
