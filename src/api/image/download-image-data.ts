import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { imageBytes } from './image-bytes.ts'
import { imageCaller } from './image-caller.ts'

export const downloadImageData: Handler<'downloadImageData'> = async ({ auth, params, headers }, services) => {
  const image = await services.images.get(params.image_id, imageCaller(auth))
  if (image.status === 'deactivated' && !auth.isAdmin)
    throw forbidden(`Image ${image.id} is deactivated; its data is for admins alone until it is reactivated.`)
  if (image.status !== 'active' && image.status !== 'deactivated') return { status: 204 }
  return imageBytes(image, headers, services.images)
}
