import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { freeDiagnosticsView } from '../views/server-diagnostics.ts'

export const showServerDiagnostics: Handler<'showServerDiagnostics'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const { stats } = await services.instanceStats.read(instance, request.requestId)
  return { status: 200, body: freeDiagnosticsView(stats) }
}
