import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const replaceComputeImageMetadata: Handler<'replaceComputeImageMetadata'> = async (
  { auth, params, body },
  services,
) => {
  const properties = await services.images.changeProperties(params.image_id, () => body.metadata, imageCaller(auth))
  return { status: 200, body: { metadata: { ...properties } } }
}
