import type { Handler } from '../handler.ts'
import { newConsole } from '../requests/remote-console.ts'

export const getSerialConsole: Handler<'getSerialConsole'> = async (request, services) => {
  const { type } = request.body['os-getSerialConsole']
  const { url } = await newConsole(request, services, { protocol: 'serial', type })
  return { status: 200, body: { console: { type, url } } }
}
