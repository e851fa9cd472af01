import type { Handler } from '../handler.ts'
import { newConsole } from '../requests/remote-console.ts'

export const getVncConsole: Handler<'getVncConsole'> = async (request, services) => {
  const { type } = request.body['os-getVNCConsole']
  const { url } = await newConsole(request, services, { protocol: 'vnc', type })
  return { status: 200, body: { console: { type, url } } }
}
