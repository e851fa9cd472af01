import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const unlockServer: Handler<'unlockServer'> = async ({ auth, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  await services.instanceLocks.unlock(instance.id, auth)
  return { status: 202 }
}
