import type { Handler } from '../handler.ts'
import { makeServerBackup } from '../requests/server-image.ts'

export const createServerBackup245: Handler<'createServerBackup245'> = async (request, services) => ({
  status: 202,
  body: { image_id: (await makeServerBackup(request, services)).imageId },
})
