import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteMetadefAssociation: Handler<'deleteMetadefAssociation'> = async ({ auth, params }, services) => {
  await services.metadefs.deleteItem(params.namespace, 'resource-type', params.name, imageCaller(auth))
  return { status: 204 }
}
