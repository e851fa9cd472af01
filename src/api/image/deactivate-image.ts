import type { Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'

export const deactivateImage: Handler<'deactivateImage'> = async ({ auth, params }, services) => {
  await services.images.setDeactivated(params.image_id, true, imageCaller(auth))
  return { status: 204 }
}
