import { badRequest } from '../../model/errors.ts'
import type { ServerMigrationQuery } from '../../store/read-model.ts'
import type { Handler } from '../handler.ts'
import { pageSize, toPage } from '../requests/paging.ts'
import { readChangeTimes } from '../requests/words.ts'
import { nextLink } from '../views/links.ts'
import { migrationView } from '../views/migration.ts'

export const listMigrations: Handler<'listMigrations'> = async (request, services) => {
  const { microversion, query, root } = request
  const size = pageSize(query.limit)
  const conditions: Omit<ServerMigrationQuery, 'limit'> = {
    hostName: query.host,
    instanceId: query.instance_uuid,
    sourceHost: query.source_compute,
    status: query.status,
    type: query.migration_type,
    userId: query.user_id,
    projectId: query.project_id,
    ...readChangeTimes(query),
  }
  const { marker } = query
  const [last] = marker === undefined ? [] : await services.readModel.serverMigrations({ uuid: marker, limit: 1 })
  if (marker !== undefined && last === undefined)
    throw badRequest('marker-not-found', `Marker ${marker} could not be found.`)
  const found = await services.readModel.serverMigrations({ ...conditions, after: last?.id, limit: size + 1 })
  const { shown, nextAfter } = toPage(found, size)
  const base = { publicUrl: services.publicUrl, root }
  return {
    status: 200,
    body: {
      migrations: shown.map((migration) => migrationView(migration, microversion, base)),
      ...(nextAfter === undefined || microversion < 59
        ? {}
        : { migrations_links: [nextLink(base, 'os-migrations', request.rawQuery, nextAfter.uuid)] }),
    },
  }
}
