import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

const earlyTooSince = 65

export const abortServerMigration: Handler<'abortServerMigration'> = async (request, services) => {
  const { server_id: serverId, migration_id: id } = request.params
  const { instance } = await visibleServer(services, serverId, request.auth)
  await services.liveMigrations.abort(instance.id, id, { isEarlyToo: request.microversion >= earlyTooSince })
  return { status: 202 }
}
