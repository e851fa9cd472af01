import type { Handler } from '../handler.ts'
import { evacuate } from '../requests/server-evacuate.ts'

export const evacuateServer: Handler<'evacuateServer'> = async (request, services) => ({
  status: 200,
  body: { adminPass: await evacuate(request, services) },
})
