import type { Handler } from '../handler.ts'
import { listServerPage } from '../requests/server-list.ts'
import { encodedServerSummary } from '../views/encoded-server.ts'

export const listServers: Handler<'listServers'> = async (request, services) => {
  const { servers, viewer, links } = await listServerPage(request, services, 'servers')
  return { status: 200, body: { servers: servers.map((server) => encodedServerSummary(server, viewer)), ...links } }
}
