import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { addressesView } from '../views/network.ts'

export const listServerAddresses: Handler<'listServerAddresses'> = async ({ auth, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  return { status: 200, body: { addresses: addressesView(instance.nics) } }
}
