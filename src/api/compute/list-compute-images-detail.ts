import type { Handler } from '../handler.ts'
import { listComputeImagePage } from '../requests/compute-image-list.ts'
import { computeImageView } from '../views/compute-image.ts'

export const listComputeImagesDetail: Handler<'listComputeImagesDetail'> = async (request, services) => {
  const { images, base, links } = await listComputeImagePage(request, services, 'images/detail')
  return { status: 200, body: { images: images.map((image) => computeImageView(image, base)), ...links } }
}
