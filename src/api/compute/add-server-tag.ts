import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const addServerTag: Handler<'addServerTag'> = async ({ auth, params, root }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  if (!(await services.instanceTags.add(instance.id, params.tag))) return { status: 204 }
  const path = `${root}/servers/${instance.id}/tags/${encodeURIComponent(params.tag)}`
  return { status: 201, headers: { Location: `${services.publicUrl}${path}` } }
}
