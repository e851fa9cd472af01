import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { interfaceView } from '../views/network.ts'

export const listServerInterfaces: Handler<'listServerInterfaces'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const interfaceAttachments = instance.nics.map((nic) => interfaceView(nic, instance, request.microversion))
  return { status: 200, body: { interfaceAttachments } }
}
