/** createImage and createBackup, whose answers alone differ between microversions. */
import { assertOwnProperties } from '../../images/image-changes.ts'
import type { ImageId } from '../../model/ids.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'
import { actionContext } from './caller.ts'
import { visibleServer } from './visible-server.ts'

/** @throws PolyvisorError */
export async function makeServerImage(
  request: ApiRequest<'createServerImage'> | ApiRequest<'createServerImage245'>,
  services: Services,
): Promise<ImageId> {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const { name, metadata: properties = {} } = request.body.createImage
  assertOwnProperties(properties)
  const { imageId } = await services.instances.snapshot(instance.id, { name, properties }, actionContext(request))
  return imageId
}

/** @throws PolyvisorError */
export async function makeServerBackup(
  request: ApiRequest<'createServerBackup'> | ApiRequest<'createServerBackup245'>,
  services: Services,
): Promise<{ readonly imageId: ImageId; readonly kept: number }> {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const { name, backup_type: type, rotation, metadata: properties = {} } = request.body.createBackup
  assertOwnProperties(properties)
  const kept = Number(rotation)
  const wanted = { name, properties, backup: { type, kept } }
  const { imageId } = await services.instances.snapshot(instance.id, wanted, actionContext(request))
  return { imageId, kept }
}

/** Where Nova says that the image is: at the image service. */
export function imageLocation({ publicUrl }: Pick<Services, 'publicUrl'>, imageId: ImageId): string {
  return `${publicUrl}/image/images/${imageId}`
}
