import type { Handler } from '../handler.ts'
import { listComputeImagePage } from '../requests/compute-image-list.ts'
import { computeImageSummaryView } from '../views/compute-image.ts'

export const listComputeImages: Handler<'listComputeImages'> = async (request, services) => {
  const { images, base, links } = await listComputeImagePage(request, services, 'images')
  return { status: 200, body: { images: images.map((image) => computeImageSummaryView(image, base)), ...links } }
}
