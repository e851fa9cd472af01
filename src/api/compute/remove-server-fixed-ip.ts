import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { addressesStay } from './add-server-fixed-ip.ts'

export const removeServerFixedIp: Handler<'removeServerFixedIp'> = async ({ params, auth, body }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  const { address: wanted } = body.removeFixedIp
  if (instance.nics.some(({ address }) => address === wanted)) throw addressesStay(instance.id)
  throw badRequest('fixed-ip-not-found', `Instance ${instance.id} does not have the fixed IP ${wanted}.`)
}
