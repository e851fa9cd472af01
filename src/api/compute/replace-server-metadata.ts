import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const replaceServerMetadata: Handler<'replaceServerMetadata'> = async ({ auth, params, body }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  const metadata = await services.instanceMetadata.replace(instance.id, body.metadata, auth)
  return { status: 200, body: { metadata: { ...metadata } } }
}
