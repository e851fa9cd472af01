import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const updateServerMetadataItem: Handler<'updateServerMetadataItem'> = async (
  { auth, params, body },
  services,
) => {
  if (!Object.hasOwn(body.meta, params.key)) {
    throw badRequest(
      'key-mismatch',
      `Request body and URI mismatch: meta must hold the key of the path, ${params.key}.`,
    )
  }
  const { instance } = await visibleServer(services, params.server_id, auth)
  await services.instanceMetadata.merge(instance.id, body.meta, auth)
  return { status: 200, body: { meta: body.meta } }
}
