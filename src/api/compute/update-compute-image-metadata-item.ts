import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { itemOfPath } from '../requests/metadata-item.ts'

export const updateComputeImageMetadataItem: Handler<'updateComputeImageMetadataItem'> = async (
  { auth, params, body },
  services,
) => {
  const meta = itemOfPath(body.meta, params.key)
  const merge = (old: Readonly<Record<string, string>>) => ({ ...old, ...meta })
  await services.images.changeProperties(params.image_id, merge, imageCaller(auth))
  return { status: 200, body: { meta } }
}
