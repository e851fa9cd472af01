/** A page of servers: the query's words turned into the read model's, then the rows into a page with its link. */
import { badRequest } from '../../model/errors.ts'
import type { InstanceId } from '../../model/ids.ts'
import type { InstanceSummary } from '../../store/read-model.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'
import { nextLink, type Link } from '../views/links.ts'
import type { ServerViewer } from '../views/server.ts'
import { viewerOf } from './caller.ts'
import { pageSize, toPage } from './paging.ts'
import { readServerFilters } from './server-filters.ts'
import { readServerSort } from './server-sort.ts'

export type ServerListRequest = ApiRequest<'listServers'> | ApiRequest<'listServersDetail'>

export interface ServerPage {
  readonly servers: readonly InstanceSummary[]
  readonly viewer: ServerViewer
  readonly links: { servers_links?: Link[] }
}

export async function listServerPage(
  request: ServerListRequest,
  services: Services,
  list: string,
): Promise<ServerPage> {
  const { query } = request
  const viewer = viewerOf(request, services)
  const filters = readServerFilters(query, request.auth, request.microversion)
  const size = pageSize(query.limit)
  const found = await services.readModel.instances({
    ...filters,
    sort: readServerSort(query.sort_key, query.sort_dir),
    limit: size + 1,
    marker: query.marker as InstanceId | undefined,
  })
  if (found === undefined) throw badRequest('marker-not-found', `marker [${query.marker}] not found`)
  const { shown, nextAfter } = toPage(found, size)
  const links =
    nextAfter === undefined ? {} : { servers_links: [nextLink(viewer, list, request.rawQuery, nextAfter.instance.id)] }
  return { servers: shown, viewer, links }
}
