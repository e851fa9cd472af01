/** Services as requests name them: by host and binary up to 2.52, by uuid from 2.53 on. Each is a host. */
import { badRequest, PolyvisorError } from '../../model/errors.ts'
import type { Host } from '../../model/host.ts'
import { isUuid } from '../../model/ids.ts'
import type { Services } from '../services.ts'
import { hostIdAt } from '../views/hypervisor.ts'

/** @throws PolyvisorError not-found */
export async function serviceNamed(services: Services, named: { host: string; binary: string }): Promise<Host> {
  const found = (await services.readModel.hosts()).find(({ name }) => name === named.host)
  if (found !== undefined && named.binary === 'nova-compute') return found
  const text = `Could not find binary ${named.binary} on host ${named.host}.`
  throw new PolyvisorError('not-found', 'service-not-found', text)
}

/** @throws PolyvisorError bad-request, not-found */
export async function serviceOfId(services: Services, id: string, version: number): Promise<Host> {
  if (version >= 53 ? !isUuid(id) : !/^\d+$/.test(id))
    throw badRequest('invalid-service-id', `Invalid input for field/attribute service_id: ${id}.`)
  const found = (await services.readModel.hosts()).find((host) => String(hostIdAt(host, version)) === id)
  if (found !== undefined) return found
  throw new PolyvisorError('not-found', 'service-not-found', `Service ${id} could not be found.`)
}
