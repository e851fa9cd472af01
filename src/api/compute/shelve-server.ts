import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const shelveServer: Handler<'shelveServer'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  await services.instances.shelve(instance.id, { offload: services.offloadShelved }, actionContext(request))
  return { status: 202 }
}
