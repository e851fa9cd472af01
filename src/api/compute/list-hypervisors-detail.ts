import type { Handler } from '../handler.ts'
import { listHypervisorPage } from '../requests/hypervisor-list.ts'
import { hypervisorView } from '../views/hypervisor.ts'

export const listHypervisorsDetail: Handler<'listHypervisorsDetail'> = async (request, services) => {
  const { hosts, instances, links } = await listHypervisorPage(request, services, 'os-hypervisors/detail')
  const nowMs = services.clock.nowMs()
  const hypervisors = hosts.map((host) => hypervisorView(host, request.microversion, instances, nowMs))
  return { status: 200, body: { hypervisors, ...links } }
}
