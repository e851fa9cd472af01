import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { hostNamed } from '../requests/compute-host.ts'

/** Also shutdown and reboot. */
export const startupComputeHost: Handler<'startupComputeHost'> = async ({ params }, services) => {
  const { name } = await hostNamed(services, params.host_name)
  const text = `Host ${name} cannot be switched from here: no driver does that.`
  throw new PolyvisorError('not-implemented', 'host-power-not-built', text)
}
