import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteMetadefNamespace: Handler<'deleteMetadefNamespace'> = async ({ auth, params }, services) => {
  await services.metadefs.delete(params.namespace, imageCaller(auth))
  return { status: 204 }
}
