import { PolyvisorError } from '../../model/errors.ts'
import type { Host } from '../../model/host.ts'
import type { Services } from '../services.ts'

/** @throws PolyvisorError not-found */
export async function hostNamed(services: Services, name: string): Promise<Host> {
  const found = (await services.readModel.hosts()).find((host) => host.name === name)
  if (found !== undefined) return found
  throw new PolyvisorError('not-found', 'host-not-found', `Compute host ${name} could not be found.`)
}
