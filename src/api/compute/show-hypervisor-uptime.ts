import { badRequest, PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { hostOfId, hypervisorSummaryView, uptimeOf } from '../views/hypervisor.ts'

export const showHypervisorUptime: Handler<'showHypervisorUptime'> = async (request, services) => {
  const { microversion } = request
  const host = hostOfId(await services.readModel.hosts(), request.params.hypervisor_id, microversion)
  const hypervisor = hypervisorSummaryView(host, microversion, undefined)
  if (hypervisor.state === 'down')
    throw badRequest('hypervisor-down', `Compute service of ${host.name} is unavailable at this time; it is down.`)
  const uptime = uptimeOf(host, services.clock.nowMs())
  if (uptime === null) {
    const text = `The driver of hypervisor ${host.name} does not tell its uptime.`
    throw new PolyvisorError('not-implemented', 'no-uptime', text)
  }
  return { status: 200, body: { hypervisor: { ...hypervisor, uptime } } }
}
