import type { Handler } from '../handler.ts'
import { listServerPage } from '../requests/server-list.ts'
import { encodedServer } from '../views/encoded-server.ts'

export const listServersDetail: Handler<'listServersDetail'> = async (request, services) => {
  const { servers, viewer, links } = await listServerPage(request, services, 'servers/detail')
  return { status: 200, body: { servers: servers.map((server) => encodedServer(server, viewer)), ...links } }
}
