import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { serverMigrationView } from '../views/migration.ts'

export const showServerMigration: Handler<'showServerMigration'> = async (request, services) => {
  const { server_id: serverId, migration_id: id } = request.params
  const { instance } = await visibleServer(services, serverId, request.auth)
  const found = await services.liveMigrations.show(instance.id, id)
  return { status: 200, body: { migration: serverMigrationView(found, request.microversion) } }
}
