import type { Handler } from '../handler.ts'
import { newConsole } from '../requests/remote-console.ts'

export const getSpiceConsole: Handler<'getSpiceConsole'> = async (request, services) => {
  const { type } = request.body['os-getSPICEConsole']
  const { url } = await newConsole(request, services, { protocol: 'spice', type })
  return { status: 200, body: { console: { type, url } } }
}
