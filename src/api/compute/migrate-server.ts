import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const migrateServer: Handler<'migrateServer'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const host = request.body.migrate?.host ?? undefined
  await services.instances.migrate(instance.id, { host }, actionContext(request))
  return { status: 202 }
}
