/** The query of a flavor list in the catalog's words. */
import type { FlavorId } from '../../model/ids.ts'
import type { Flavor } from '../../model/flavor.ts'
import type { AuthContext } from '../../model/token.ts'
import type { FlavorFilter, FlavorSortKey } from '../../operations/flavor-catalog.ts'
import { nextLink, type Link } from '../views/links.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'
import { pageSize, toPage } from './paging.ts'
import { readBoolean } from './words.ts'

type ListRequest = ApiRequest<'listFlavors'> | ApiRequest<'listFlavorsDetail'>

const sortKeys: Readonly<Record<string, FlavorSortKey>> = {
  flavorid: 'id',
  id: 'id',
  name: 'name',
  vcpus: 'vcpus',
  memory_mb: 'memory',
  root_gb: 'disk',
  ephemeral_gb: 'ephemeral',
  swap: 'swap',
  created_at: 'created',
}

export async function listFlavorPage(
  request: ListRequest,
  services: Services,
  list: string,
): Promise<{ readonly flavors: readonly Flavor[]; readonly links: { flavors_links?: Link[] } }> {
  const { query } = request
  const size = pageSize(query.limit)
  const filter: FlavorFilter = {
    isPublic: wantedPublicity(query.is_public, request.auth),
    projectId: request.auth.projectId,
    minMemoryMb: query.minRam,
    minDiskGb: query.minDisk,
  }
  const found = await services.flavors.list(filter, {
    sortKey: sortKeys[query.sort_key ?? 'flavorid'] ?? 'id',
    descending: query.sort_dir === 'desc',
    limit: size + 1,
    marker: query.marker as FlavorId | undefined,
  })
  const { shown, nextAfter } = toPage(found, size)
  const base = { publicUrl: services.publicUrl, root: request.root }
  return {
    flavors: shown,
    links: nextAfter === undefined ? {} : { flavors_links: [nextLink(base, list, request.rawQuery, nextAfter.id)] },
  }
}

/** Others than admins see public flavors whatever they ask for; for admins `None` means both. */
function wantedPublicity(text: string | undefined, auth: AuthContext): boolean | undefined {
  if (!auth.isAdmin || text === undefined) return true
  return text.toLowerCase() === 'none' ? undefined : readBoolean('is_public', text)
}
