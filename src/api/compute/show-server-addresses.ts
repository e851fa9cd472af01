import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { addressesView } from '../views/network.ts'

export const showServerAddresses: Handler<'showServerAddresses'> = async ({ auth, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  const nics = instance.nics.filter(({ network }) => network.name === params.network_label)
  if (nics.length > 0) return { status: 200, body: addressesView(nics) }
  throw new PolyvisorError('not-found', 'network-not-found', `The server is on no network ${params.network_label}.`)
}
