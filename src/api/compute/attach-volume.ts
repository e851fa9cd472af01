import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const attachVolume: Handler<'attachVolume'> = async ({ params, auth, body }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  const text = `Volume ${body.volumeAttachment.volumeId} cannot be attached to instance ${instance.id}: this cloud has no volume service.`
  throw new PolyvisorError('not-implemented', 'volumes-not-built', text)
}
