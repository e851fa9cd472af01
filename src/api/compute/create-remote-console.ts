import type { Handler } from '../handler.ts'
import { newConsole } from '../requests/remote-console.ts'

export const createRemoteConsole: Handler<'createRemoteConsole'> = async (request, services) => ({
  status: 200,
  body: { remote_console: await newConsole(request, services, request.body.remote_console) },
})
