import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const listServerTags: Handler<'listServerTags'> = async ({ auth, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  return { status: 200, body: { tags: [...(instance.attributes?.tags ?? [])] } }
}
