import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { readCreateServer, wantsReservation } from '../requests/server-create.ts'
import { resourceLinks } from '../views/links.ts'
import { randomText } from '../../util/random-text.ts'

export const createServer: Handler<'createServer'> = async (request, services) => {
  const adminPass = request.body.server.adminPass ?? randomText(9)
  const wanted = { ...(await readCreateServer(request.body, request.auth, services)), adminPass }
  const key = request.headers['idempotency-key']
  const context = { ...actionContext(request), ...(typeof key === 'string' ? { idempotencyKey: key } : {}) }
  const isReservationWanted = wantsReservation(request.body.server)
  const { instanceIds, reservationId } = await services.instances.create(wanted, context)
  if (isReservationWanted) return { status: 202, body: { reservation_id: reservationId } }
  const [id] = instanceIds
  if (id === undefined) throw new Error('the instance service created nothing')
  const links = resourceLinks({ publicUrl: services.publicUrl, root: request.root }, 'servers', id)
  return {
    status: 202,
    headers: { Location: links[0]?.href ?? '' },
    body: {
      server: {
        id,
        links,
        'OS-DCF:diskConfig': wanted.attributes.diskConfig ?? 'MANUAL',
        // Only a config drive tells a guest of it.
        adminPass,
        security_groups: request.body.server.security_groups?.map(({ name }) => ({ name })) ?? [{ name: 'default' }],
      },
    },
  }
}
