import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const removeServerSecurityGroup: Handler<'removeServerSecurityGroup'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  await services.securityGroups.removeFrom(instance.id, request.body.removeSecurityGroup.name)
  return { status: 202 }
}
