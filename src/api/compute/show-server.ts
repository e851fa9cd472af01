import type { Handler } from '../handler.ts'
import { viewerOf } from '../requests/caller.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { encodedServerDetail } from '../views/encoded-server.ts'

export const showServer: Handler<'showServer'> = async (request, services) => {
  const server = await visibleServer(services, request.params.server_id, request.auth)
  const [groups = []] = await services.securityGroups.namesOf([server.instance])
  return { status: 200, body: { server: encodedServerDetail(server, viewerOf(request, services), groups) } }
}
