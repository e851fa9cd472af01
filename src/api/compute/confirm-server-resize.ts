import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const confirmServerResize: Handler<'confirmServerResize'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  await services.instances.act(instance.id, 'confirm-resize', actionContext(request))
  return { status: 204 }
}
