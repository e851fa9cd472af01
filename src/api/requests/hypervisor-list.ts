/** The query of a hypervisor list. Hosts are few: they are filtered and cut into pages here. */
import { badRequest, PolyvisorError } from '../../model/errors.ts'
import type { Host } from '../../model/host.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'
import { hostIdAt, type InstancesByHost } from '../views/hypervisor.ts'
import { nextLink, type Link } from '../views/links.ts'
import { pageSize, toPage } from './paging.ts'
import { readBoolean } from './words.ts'

type ListRequest = ApiRequest<'listHypervisors'> | ApiRequest<'listHypervisorsDetail'>

export interface HypervisorPage {
  readonly hosts: readonly Host[]
  readonly instances: InstancesByHost
  readonly links: { hypervisors_links?: Link[] }
}

export async function listHypervisorPage(
  request: ListRequest,
  services: Services,
  list: string,
): Promise<HypervisorPage> {
  const { query, microversion } = request
  const matching = matchingHosts(await services.readModel.hosts(), query.hypervisor_hostname_pattern)
  const size = pageSize(query.limit)
  const { shown, nextAfter } = toPage(afterMarker(matching, query.marker, microversion).slice(0, size + 1), size)
  const base = { publicUrl: services.publicUrl, root: request.root }
  const next = nextAfter === undefined ? undefined : String(hostIdAt(nextAfter, microversion))
  return {
    hosts: shown,
    instances: await instancesIfWanted(query.with_servers, services),
    // Before 2.33 there are no pages to go on to.
    links:
      next === undefined || microversion < 33
        ? {}
        : { hypervisors_links: [nextLink(base, list, request.rawQuery, next)] },
  }
}

export async function instancesIfWanted(wanted: string | undefined, services: Services): Promise<InstancesByHost> {
  if (wanted === undefined || !readBoolean('with_servers', wanted)) return undefined
  return services.readModel.instanceNamesByHost()
}

/** @throws PolyvisorError not-found when there is none */
export function matchingHosts(hosts: readonly Host[], pattern: string | undefined): readonly Host[] {
  if (pattern === undefined) return hosts
  const found = hosts.filter((host) => host.name.includes(pattern))
  if (found.length > 0) return found
  throw new PolyvisorError('not-found', 'hypervisor-not-found', `No hypervisor matching '${pattern}' could be found.`)
}

function afterMarker(hosts: readonly Host[], marker: string | undefined, version: number): readonly Host[] {
  if (marker === undefined) return hosts
  const index = hosts.findIndex((host) => String(hostIdAt(host, version)) === marker)
  if (index < 0) throw badRequest('marker-not-found', `marker [${marker}] not found`)
  return hosts.slice(index + 1)
}
