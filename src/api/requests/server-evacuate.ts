/** Evacuation, whatever the microversion answers. */
import { badRequest } from '../../model/errors.ts'
import { randomText } from '../../util/random-text.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'
import { actionContext } from './caller.ts'
import { visibleServer } from './visible-server.ts'
import { readBoolean } from './words.ts'

/** @returns the password that the new guest is told */
export async function evacuate(
  request: ApiRequest<'evacuateServer'> | ApiRequest<'evacuateServer214'>,
  services: Services,
): Promise<string> {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const { host, force, onSharedStorage, adminPass = randomText(9) } = request.body.evacuate
  if (onSharedStorage !== undefined) readBoolean('onSharedStorage', onSharedStorage)
  if (force !== undefined && readBoolean('force', force) && host === undefined)
    throw badRequest('force-without-host', "Can't force to a non-provided destination")
  await services.instances.evacuate(instance.id, { host, adminPass }, actionContext(request))
  return adminPass
}
