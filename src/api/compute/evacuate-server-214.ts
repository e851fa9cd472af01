import type { Handler } from '../handler.ts'
import { evacuate } from '../requests/server-evacuate.ts'

export const evacuateServer214: Handler<'evacuateServer214'> = async (request, services) => {
  await evacuate(request, services)
  return { status: 200 }
}
