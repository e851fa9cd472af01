import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const listComputeImageMetadata: Handler<'listComputeImageMetadata'> = async ({ auth, params }, services) => {
  const { properties } = await services.images.get(params.image_id, imageCaller(auth))
  return { status: 200, body: { metadata: { ...properties } } }
}
