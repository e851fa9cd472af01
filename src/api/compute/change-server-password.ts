import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const changeServerPassword: Handler<'changeServerPassword'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  await services.instances.changePassword(instance.id, request.body.changePassword.adminPass, actionContext(request))
  return { status: 202 }
}
