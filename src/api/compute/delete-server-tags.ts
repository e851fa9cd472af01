import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const deleteServerTags: Handler<'deleteServerTags'> = async ({ auth, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  await services.instanceTags.replace(instance.id, [])
  return { status: 204 }
}
