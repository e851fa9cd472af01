import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const showServerTopology: Handler<'showServerTopology'> = async ({ params, auth }, services) => {
  await visibleServer(services, params.server_id, auth)
  return { status: 200, body: { nodes: [], pagesize_kb: null } }
}
