import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { visibleServer } from '../requests/visible-server.ts'

/** A plain delete wins over everything already. */
export const forceDeleteServer: Handler<'forceDeleteServer'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  await services.instances.act(instance.id, 'delete', actionContext(request))
  return { status: 202 }
}
