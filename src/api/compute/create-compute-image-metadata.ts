import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const createComputeImageMetadata: Handler<'createComputeImageMetadata'> = async (
  { auth, params, body },
  services,
) => {
  const merge = (old: Readonly<Record<string, string>>) => ({ ...old, ...body.metadata })
  const properties = await services.images.changeProperties(params.image_id, merge, imageCaller(auth))
  return { status: 200, body: { metadata: { ...properties } } }
}
