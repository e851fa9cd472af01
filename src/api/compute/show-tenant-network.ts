import type { Handler } from '../handler.ts'
import { tenantNetworkView } from '../views/network.ts'

export const showTenantNetwork: Handler<'showTenantNetwork'> = async ({ params }, services) => ({
  status: 200,
  body: { network: tenantNetworkView(await services.networks.get(params.network_id)) },
})
