import type { Handler } from '../handler.ts'
import { computeNetworkView } from '../views/network.ts'

export const showComputeNetwork: Handler<'showComputeNetwork'> = async ({ params }, services) => ({
  status: 200,
  body: { network: computeNetworkView(await services.networks.get(params.network_id)) },
})
