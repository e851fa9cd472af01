import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { findFlavor } from '../requests/server-create.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const resizeServer: Handler<'resizeServer'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const flavor = await findFlavor(request.body.resize, request.auth, services)
  await services.instances.resize(instance.id, flavor, actionContext(request))
  return { status: 202 }
}
