import type { Handler } from '../handler.ts'
import { computeNetworkView } from '../views/network.ts'

export const listComputeNetworks: Handler<'listComputeNetworks'> = async (_request, services) => ({
  status: 200,
  body: { networks: (await services.networks.list()).map(computeNetworkView) },
})
