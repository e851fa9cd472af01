import type { Handler } from '../handler.ts'
import { actionContext, viewerOf } from '../requests/caller.ts'
import { readAttributes } from '../requests/server-create.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { updatedServerView } from '../views/server.ts'

export const updateServer: Handler<'updateServer'> = async (request, services) => {
  const { server_id: id } = request.params
  const { instance } = await visibleServer(services, id, request.auth)
  const { server } = request.body
  const changes = {
    ...(server.name === undefined ? {} : { name: server.name }),
    ...(server.description === undefined ? {} : { description: server.description }),
    attributes: readAttributes(server),
  }
  await services.instances.update(instance.id, changes, actionContext(request))
  const updated = await visibleServer(services, id, request.auth)
  const [groups = []] = await services.securityGroups.namesOf([updated.instance])
  return { status: 200, body: { server: updatedServerView(updated, viewerOf(request, services), groups) } }
}
