import { badRequest, forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { checkZone } from '../requests/server-place.ts'
import { visibleServer } from '../requests/visible-server.ts'

const anyZoneSince = 91

export const unshelveServer: Handler<'unshelveServer'> = async (request, services) => {
  const { auth, microversion, params } = request
  const { instance } = await visibleServer(services, params.server_id, auth)
  const { availability_zone: zone, host } = request.body.unshelve ?? {}
  if (zone === null && microversion < anyZoneSince)
    throw badRequest('invalid-input', 'Invalid input for availability_zone: it must be a name.')
  await checkZone(zone ?? undefined, services)
  if (host !== undefined && !auth.isAdmin) throw forbidden('Only an admin may choose the host.')
  const wanted = {
    ...(zone === undefined ? {} : { availabilityZone: zone }),
    ...(host === undefined ? {} : { host }),
  }
  await services.instances.unshelve(instance.id, wanted, actionContext(request))
  return { status: 202 }
}
