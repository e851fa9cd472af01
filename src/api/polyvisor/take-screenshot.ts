import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const takeScreenshot: Handler<'takeScreenshot'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const headers = { 'Content-Type': 'image/png', 'Cache-Control': 'no-store' }
  return { status: 200, headers, body: await services.screenshots.take(instance.id) }
}
