import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const deleteServerTag: Handler<'deleteServerTag'> = async ({ auth, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  await services.instanceTags.remove(instance.id, params.tag)
  return { status: 204 }
}
