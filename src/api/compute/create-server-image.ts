import type { Handler } from '../handler.ts'
import { imageLocation, makeServerImage } from '../requests/server-image.ts'

export const createServerImage: Handler<'createServerImage'> = async (request, services) => ({
  status: 202,
  headers: { Location: imageLocation(services, await makeServerImage(request, services)) },
})
