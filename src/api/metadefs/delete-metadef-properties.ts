import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteMetadefProperties: Handler<'deleteMetadefProperties'> = async ({ auth, params }, services) => {
  await services.metadefs.deleteItems(params.namespace, 'property', imageCaller(auth))
  return { status: 204 }
}
