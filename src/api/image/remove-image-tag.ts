import type { Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'

export const removeImageTag: Handler<'removeImageTag'> = async ({ auth, params }, services) => {
  await services.images.removeTag(params.image_id, params.tag, imageCaller(auth))
  return { status: 204 }
}
