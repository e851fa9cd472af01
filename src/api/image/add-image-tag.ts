import type { Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'

export const addImageTag: Handler<'addImageTag'> = async ({ auth, params }, services) => {
  await services.images.addTag(params.image_id, params.tag, imageCaller(auth))
  return { status: 204 }
}
