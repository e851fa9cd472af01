import { imageStoreName } from '../../model/image-task.ts'
import type { Handler } from '../handler.ts'
import { imageView } from '../views/image.ts'
import { imageCaller } from './image-caller.ts'
import { newImageRequest } from './new-image-request.ts'

export const createImage: Handler<'createImage'> = async ({ auth, body }, services) => {
  const image = await services.images.create(newImageRequest(body), imageCaller(auth))
  return {
    status: 201,
    headers: {
      Location: `${services.publicUrl}/image/v2/images/${image.id}`,
      'OpenStack-image-import-methods': services.imageImports.methods.join(','),
      'OpenStack-image-store-ids': imageStoreName,
    },
    body: imageView(image),
  }
}
