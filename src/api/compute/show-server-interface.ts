import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { interfaceView } from '../views/network.ts'

export const showServerInterface: Handler<'showServerInterface'> = async (request, services) => {
  const { server_id: id, port_id: portId } = request.params
  const { instance } = await visibleServer(services, id, request.auth)
  const nic = instance.nics.find((one) => one.portId === portId)
  if (nic !== undefined)
    return { status: 200, body: { interfaceAttachment: interfaceView(nic, instance, request.microversion) } }
  throw new PolyvisorError('not-found', 'port-not-found', `Instance ${id} does not have a port with id ${portId}.`)
}
