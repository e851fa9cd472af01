import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { diagnosticsView } from '../views/server-diagnostics.ts'

export const showServerDiagnostics248: Handler<'showServerDiagnostics248'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const { stats, host } = await services.instanceStats.read(instance, request.requestId)
  return { status: 200, body: diagnosticsView(instance, host, stats) }
}
