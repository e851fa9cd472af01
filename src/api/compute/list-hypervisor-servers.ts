import type { Handler } from '../handler.ts'
import { matchingHosts } from '../requests/hypervisor-list.ts'
import { hypervisorServersView } from '../views/hypervisor.ts'

export const listHypervisorServers: Handler<'listHypervisorServers'> = async ({ params, microversion }, services) => {
  const hosts = matchingHosts(await services.readModel.hosts(), params.hypervisor_id)
  const instances = await services.readModel.instanceNamesByHost()
  return {
    status: 200,
    body: { hypervisors: hosts.map((host) => hypervisorServersView(host, microversion, instances)) },
  }
}
