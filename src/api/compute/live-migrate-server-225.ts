import type { Handler } from '../handler.ts'
import { liveMigrate } from '../requests/server-live-migrate.ts'

export const liveMigrateServer225: Handler<'liveMigrateServer225'> = async (request, services) => {
  await liveMigrate(request, services, request.body['os-migrateLive'], true)
  return { status: 202 }
}
