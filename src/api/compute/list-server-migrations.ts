import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { serverMigrationView } from '../views/migration.ts'

export const listServerMigrations: Handler<'listServerMigrations'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const found = await services.liveMigrations.list(instance.id)
  return { status: 200, body: { migrations: found.map((one) => serverMigrationView(one, request.microversion)) } }
}
