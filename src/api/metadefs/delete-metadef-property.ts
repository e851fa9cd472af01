import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteMetadefProperty: Handler<'deleteMetadefProperty'> = async ({ auth, params }, services) => {
  await services.metadefs.deleteItem(params.namespace, 'property', params.name, imageCaller(auth))
  return { status: 204 }
}
