import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { findFlavor } from '../requests/server-create.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const resizeServer: Handler<'resizeServer'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const flavor = await findFlavor(request.body.resize, request.auth, services)
  const diskConfig = request.body.resize['OS-DCF:diskConfig']
  const wanted = { flavor, ...(diskConfig === undefined ? {} : { diskConfig }) }
  await services.instances.resize(instance.id, wanted, actionContext(request))
  return { status: 202 }
}
