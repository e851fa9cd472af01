import type { Handler } from '../handler.ts'
import { imageView } from '../views/image.ts'
import { imageCaller } from './image-caller.ts'

export const showImage: Handler<'showImage'> = async ({ auth, params }, services) => ({
  status: 200,
  body: imageView(await services.images.get(params.image_id, imageCaller(auth))),
})
