import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { hostOfId } from '../views/hypervisor.ts'

export const showHypervisorUptime: Handler<'showHypervisorUptime'> = async (request, services) => {
  const host = hostOfId(await services.readModel.hosts(), request.params.hypervisor_id, request.microversion)
  throw new PolyvisorError(
    'not-implemented',
    'no-uptime',
    `The driver of hypervisor ${host.name} does not tell its uptime.`,
  )
}
