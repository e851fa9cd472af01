import type { Handler } from '../handler.ts'
import { makeServerImage } from '../requests/server-image.ts'

export const createServerImage245: Handler<'createServerImage245'> = async (request, services) => ({
  status: 202,
  body: { image_id: await makeServerImage(request, services) },
})
