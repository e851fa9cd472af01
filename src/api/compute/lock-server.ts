import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const lockServer: Handler<'lockServer'> = async ({ auth, body, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  await services.instanceLocks.lock(instance.id, auth, body.lock?.locked_reason ?? null)
  return { status: 202 }
}
