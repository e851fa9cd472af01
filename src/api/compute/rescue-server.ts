import type { Handler } from '../handler.ts'
import { actionContext } from '../requests/caller.ts'
import { findImage } from '../requests/server-create.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { randomText } from '../../util/random-text.ts'

export const rescueServer: Handler<'rescueServer'> = async (request, services) => {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const { adminPass, rescue_image_ref: imageRef } = request.body.rescue ?? {}
  const image = imageRef === undefined ? undefined : await findImage({ imageRef }, request.auth, services)
  await services.instances.rescue(instance.id, image, actionContext(request))
  return { status: 200, body: { adminPass: adminPass ?? randomText(9) } }
}
