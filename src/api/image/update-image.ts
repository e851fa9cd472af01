import type { Handler } from '../handler.ts'
import { imageView } from '../views/image.ts'
import { imageCaller } from './image-caller.ts'
import { imagePatch } from './image-patch.ts'

export const updateImage: Handler<'updateImage'> = async ({ auth, params, body, mediaType }, services) => {
  const changes = imagePatch(body, mediaType)
  return { status: 200, body: imageView(await services.images.update(params.image_id, changes, imageCaller(auth))) }
}
