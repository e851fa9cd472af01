/** Where a new server shall be: a zone for everybody, a host for admins. */
import { defaultAvailabilityZone } from '../../model/availability-zone.ts'
import { badRequest, forbidden } from '../../model/errors.ts'
import { zoneOf, type Host } from '../../model/host.ts'
import type { AuthContext } from '../../model/token.ts'
import type { CreateInstance } from '../../operations/instance-service-types.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'

type ServerBody = ApiRequest<'createServer'>['body']['server']
type Place = Pick<CreateInstance, 'availabilityZone' | 'host'>
type Wish = Pick<ServerBody, 'availability_zone' | 'host' | 'hypervisor_hostname'>

/**
 * Nova's two ways to a host: `zone:host` (`zone:host:node`, `zone::node`) forces it, `host` and `hypervisor_hostname` are
 * held against the scheduler's filters. A host is its only node here.
 * @throws PolyvisorError bad-request, forbidden
 */
export async function readPlace(server: Wish, auth: AuthContext, services: Services): Promise<Place> {
  const [zone, ...forced] = server.availability_zone?.split(':') ?? []
  const asked = [server.host, server.hypervisor_hostname].filter((name) => name !== undefined)
  if (forced.length === 0 && asked.length === 0) {
    await checkZone(zone, services)
    return zone === undefined ? {} : { availabilityZone: zone }
  }
  const rule = forced.length > 0 ? 'forced_host' : 'requested_destination'
  if (!auth.isAdmin)
    throw forbidden(`Policy doesn't allow os_compute_api:servers:create:${rule} to be performed: admins choose hosts.`)
  if (forced.length > 0 && asked.length > 0)
    throw badRequest('two-hosts', 'Name the host in availability_zone or in host and hypervisor_hostname, not in both.')
  if (forced.length > 2)
    throw badRequest('invalid-zone', 'Unable to parse availability_zone: it is zone, zone:host or zone:host:node.')
  if (zone !== '') await checkZone(zone, services)
  const names = [...forced, ...asked].filter((name) => name !== '')
  const host = hostNamed(names, await services.readModel.hosts())
  // Forced into a host of another zone, it is in that one.
  const isThere = zone !== undefined && zone !== '' && (asked.length > 0 || zone === zoneOf(host))
  return { ...(isThere ? { availabilityZone: zone } : {}), host: { id: host.id, isForced: forced.length > 0 } }
}

function hostNamed(names: readonly string[], hosts: readonly Host[]): Host {
  const [name] = names
  const found = hosts.find((host) => host.name === name)
  if (found !== undefined && names.every((other) => other === name)) return found
  throw badRequest('host-not-found', `Compute host ${names.join(':')} could not be found.`)
}

/** @throws PolyvisorError bad-request */
export async function checkZone(zone: string | undefined, services: Services): Promise<void> {
  if (zone === undefined || zone === defaultAvailabilityZone) return
  if ((await services.readModel.hosts()).some((host) => zoneOf(host) === zone)) return
  throw badRequest('zone-not-found', 'The requested availability zone is not available; choose one that is listed.')
}
