import type { Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'
import { takeBytes } from './received-bytes.ts'

export const uploadImageData: Handler<'uploadImageData'> = async (request, services) => {
  const { auth, params } = request
  await takeBytes(request, (upload) => services.images.upload(params.image_id, upload, imageCaller(auth)))
  return { status: 204 }
}
