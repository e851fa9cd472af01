import { notFound } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'

export const deleteComputeImageMetadataItem: Handler<'deleteComputeImageMetadataItem'> = async (
  { auth, params: { image_id: imageId, key } },
  services,
) => {
  const without = (old: Readonly<Record<string, string>>) => {
    if (!Object.hasOwn(old, key)) throw notFound('metadata item', key)
    return Object.fromEntries(Object.entries(old).filter(([name]) => name !== key))
  }
  await services.images.changeProperties(imageId, without, imageCaller(auth))
  return { status: 204 }
}
