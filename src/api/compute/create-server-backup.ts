import type { Handler } from '../handler.ts'
import { imageLocation, makeServerBackup } from '../requests/server-image.ts'

export const createServerBackup: Handler<'createServerBackup'> = async (request, services) => {
  const { imageId, kept } = await makeServerBackup(request, services)
  return { status: 202, ...(kept === 0 ? {} : { headers: { Location: imageLocation(services, imageId) } }) }
}
