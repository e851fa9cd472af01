import type { Handler } from '../handler.ts'
import { newConsole } from '../requests/remote-console.ts'

export const getRdpConsole: Handler<'getRdpConsole'> = async (request, services) => {
  const { type } = request.body['os-getRDPConsole']
  const { url } = await newConsole(request, services, { protocol: 'rdp', type })
  return { status: 200, body: { console: { type, url } } }
}
