import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { computeImageView } from '../views/compute-image.ts'

export const showComputeImage: Handler<'showComputeImage'> = async ({ auth, params, root }, services) => {
  const image = await services.images.get(params.image_id, imageCaller(auth))
  return { status: 200, body: { image: computeImageView(image, { publicUrl: services.publicUrl, root }) } }
}
