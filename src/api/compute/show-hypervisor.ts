import type { Handler } from '../handler.ts'
import { instancesIfWanted } from '../requests/hypervisor-list.ts'
import { hostOfId, hypervisorView } from '../views/hypervisor.ts'

export const showHypervisor: Handler<'showHypervisor'> = async (request, services) => {
  const { microversion } = request
  const host = hostOfId(await services.readModel.hosts(), request.params.hypervisor_id, microversion)
  const instances = await instancesIfWanted(request.query.with_servers, services)
  return { status: 200, body: { hypervisor: hypervisorView(host, microversion, instances, services.clock.nowMs()) } }
}
