import { noTag } from '../../operations/instance-tags.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const showServerTag: Handler<'showServerTag'> = async ({ auth, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  if (instance.attributes?.tags?.includes(params.tag) !== true) throw noTag(instance.id, params.tag)
  return { status: 204 }
}
