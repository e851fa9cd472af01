import type { Handler } from '../handler.ts'
import { liveMigrate } from '../requests/server-live-migrate.ts'
import { readBoolean } from '../requests/words.ts'

export const liveMigrateServer: Handler<'liveMigrateServer'> = async (request, services) => {
  const wish = request.body['os-migrateLive']
  readBoolean('disk_over_commit', wish.disk_over_commit)
  await liveMigrate(request, services, wish, false)
  return { status: 202 }
}
