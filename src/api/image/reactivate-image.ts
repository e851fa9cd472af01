import type { Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'

export const reactivateImage: Handler<'reactivateImage'> = async ({ auth, params }, services) => {
  await services.images.setDeactivated(params.image_id, false, imageCaller(auth))
  return { status: 204 }
}
