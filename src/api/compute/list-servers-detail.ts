import type { Handler } from '../handler.ts'
import { listServerPage } from '../requests/server-list.ts'
import { encodedServer } from '../views/encoded-server.ts'

export const listServersDetail: Handler<'listServersDetail'> = async (request, services) => {
  const { servers, viewer, links } = await listServerPage(request, services, 'servers/detail')
  const groups = await services.securityGroups.namesOf(servers.map(({ instance }) => instance))
  const shown = servers.map((server, index) => encodedServer(server, viewer, groups[index] ?? []))
  return { status: 200, body: { servers: shown, ...links } }
}
