import type { Handler } from '../handler.ts'
import { tenantNetworkView } from '../views/network.ts'

export const listTenantNetworks: Handler<'listTenantNetworks'> = async (_request, services) => ({
  status: 200,
  body: { networks: (await services.networks.list()).map(tenantNetworkView) },
})
