import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const forceServerMigration: Handler<'forceServerMigration'> = async (request, services) => {
  const { server_id: serverId, migration_id: id } = request.params
  const { instance } = await visibleServer(services, serverId, request.auth)
  await services.liveMigrations.forceComplete(instance.id, id)
  return { status: 202 }
}
