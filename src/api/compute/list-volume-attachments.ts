import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const listVolumeAttachments: Handler<'listVolumeAttachments'> = async ({ params, auth }, services) => {
  await visibleServer(services, params.server_id, auth)
  return { status: 200, body: { volumeAttachments: [] } }
}
