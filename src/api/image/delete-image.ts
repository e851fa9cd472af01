import type { Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'

export const deleteImage: Handler<'deleteImage'> = async ({ auth, params }, services) => {
  await services.images.delete(params.image_id, imageCaller(auth))
  return { status: 204 }
}
