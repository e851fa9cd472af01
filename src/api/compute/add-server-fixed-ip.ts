import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const addServerFixedIp: Handler<'addServerFixedIp'> = async ({ params, auth }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  throw addressesStay(instance.id)
}

export function addressesStay(id: string): PolyvisorError {
  const text = `Instance ${id} keeps the addresses with which it was made: name them when you create a server.`
  return new PolyvisorError('not-implemented', 'fixed-ip-actions-not-built', text)
}
