import { notFound } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const showComputeImageMetadataItem: Handler<'showComputeImageMetadataItem'> = async (
  { auth, params: { image_id: imageId, key } },
  services,
) => {
  const { properties } = await services.images.get(imageId, imageCaller(auth))
  const value = Object.hasOwn(properties, key) ? properties[key] : undefined
  if (value === undefined) throw notFound('metadata item', key)
  return { status: 200, body: { meta: { [key]: value } } }
}
