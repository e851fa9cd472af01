import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const replaceServerTags: Handler<'replaceServerTags'> = async ({ auth, body, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  return { status: 200, body: { tags: [...(await services.instanceTags.replace(instance.id, body.tags))] } }
}
