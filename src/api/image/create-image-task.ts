import { badRequest } from '../../model/errors.ts'
import type { Json } from '../../util/json.ts'
import type { Handler } from '../handler.ts'
import { imageTaskView } from '../views/image-task.ts'
import { imageCaller } from './image-caller.ts'
import { newImageRequest } from './new-image-request.ts'

export const createImageTask: Handler<'createImageTask'> = async ({ auth, body, requestId }, services) => {
  const { import_from: uri, image_properties: properties } = body.input
  const caller = { ...imageCaller(auth), userId: auth.userId, requestId }
  const wanted = newImageRequest(properties)
  if (wanted.diskFormat === null || wanted.containerFormat === null)
    throw badRequest('image-format-missing', 'image_properties must have a disk_format and a container_format.')
  const image = await services.images.create(wanted, caller)
  try {
    const input = body.input as Readonly<Record<string, Json>>
    const request = { source: { method: 'web-download', uri }, type: 'import', input } as const
    const task = await services.imageImports.begin(image.id, request, caller)
    return {
      status: 201,
      headers: { Location: `${services.publicUrl}/image/v2/tasks/${task.id}` },
      body: imageTaskView(task),
    }
  } catch (error) {
    // What was asked for is the task: without it there is no image, a protected one neither.
    await services.images.update(image.id, [{ kind: 'replace', key: 'protected', value: false }], caller)
    await services.images.delete(image.id, caller)
    throw error
  }
}
