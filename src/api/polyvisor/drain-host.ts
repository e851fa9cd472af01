import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { drainView } from '../views/host.ts'

export const drainHost: Handler<'drainHost'> = async (request, services) => {
  const options = { cold: request.body.cold ?? false }
  const drain = await services.hostDrain.drain(request.params.host_id, options, actionContext(request))
  return { status: 202, body: { drain: drainView(drain) } }
}
