import type { Handler } from '../handler.ts'
import { noFloatingIp } from '../requests/floating-ip.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const removeServerFloatingIp: Handler<'removeServerFloatingIp'> = async ({ params, auth, body }, services) => {
  await visibleServer(services, params.server_id, auth)
  throw noFloatingIp(body.removeFloatingIp.address)
}
