import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

/** Also to change it or to take it away: no server has a volume. */
export const showVolumeAttachment: Handler<'showVolumeAttachment'> = async ({ params, auth }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  const text = `Instance ${instance.id} is not attached to volume ${params.volume_id}.`
  throw new PolyvisorError('not-found', 'volume-not-attached', text)
}
