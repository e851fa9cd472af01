import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { hostNamed } from '../requests/compute-host.ts'

export const updateComputeHost: Handler<'updateComputeHost'> = async ({ params, body }, services) => {
  const { id, name: host } = await hostNamed(services, params.host_name)
  if (body.maintenance_mode !== undefined || body.status === undefined) {
    const text = 'No driver here has a maintenance mode; leave maintenance_mode out and set status.'
    throw new PolyvisorError('not-implemented', 'no-maintenance-mode', text)
  }
  const enabled = body.status.trim().toLowerCase() === 'enable'
  await services.hosts.change(id, { enabled, disabledReason: null })
  return { status: 200, body: { host, status: enabled ? 'enabled' : 'disabled' } }
}
