import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const deleteServerMetadataItem: Handler<'deleteServerMetadataItem'> = async ({ auth, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  await services.instanceMetadata.remove(instance.id, params.key, auth)
  return { status: 204 }
}
