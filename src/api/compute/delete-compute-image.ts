import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteComputeImage: Handler<'deleteComputeImage'> = async ({ auth, params }, services) => {
  await services.images.delete(params.image_id, imageCaller(auth))
  return { status: 204 }
}
