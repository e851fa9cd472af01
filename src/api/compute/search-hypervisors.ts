import type { Handler } from '../handler.ts'
import { matchingHosts } from '../requests/hypervisor-list.ts'
import { hypervisorSummaryView } from '../views/hypervisor.ts'

export const searchHypervisors: Handler<'searchHypervisors'> = async ({ params, microversion }, services) => {
  const hosts = matchingHosts(await services.readModel.hosts(), params.hypervisor_id)
  return {
    status: 200,
    body: { hypervisors: hosts.map((host) => hypervisorSummaryView(host, microversion, undefined)) },
  }
}
