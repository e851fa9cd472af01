import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const unrescueServer: Handler<'unrescueServer'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  await services.instances.act(instance.id, 'unrescue', actionContext(request))
  return { status: 202 }
}
