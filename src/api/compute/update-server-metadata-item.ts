import type { Handler } from '../handler.ts'
import { itemOfPath } from '../requests/metadata-item.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const updateServerMetadataItem: Handler<'updateServerMetadataItem'> = async (
  { auth, params, body },
  services,
) => {
  const meta = itemOfPath(body.meta, params.key)
  const { instance } = await visibleServer(services, params.server_id, auth)
  await services.instanceMetadata.merge(instance.id, meta, auth)
  return { status: 200, body: { meta } }
}
