import type { Handler } from '../handler.ts'
import { listHypervisorPage } from '../requests/hypervisor-list.ts'
import { hypervisorSummaryView } from '../views/hypervisor.ts'

export const listHypervisors: Handler<'listHypervisors'> = async (request, services) => {
  const { hosts, instances, links } = await listHypervisorPage(request, services, 'os-hypervisors')
  return {
    status: 200,
    body: { hypervisors: hosts.map((host) => hypervisorSummaryView(host, request.microversion, instances)), ...links },
  }
}
