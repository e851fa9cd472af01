import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const resetServerState: Handler<'resetServerState'> = async ({ auth, body, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  await services.instanceStateReset.reset(instance.id, body['os-resetState'].state)
  return { status: 202 }
}
