/** Work on an image as Glance shows it. */
import type { components } from '../../contract/types.gen.ts'
import type { ImageTask } from '../../model/image-task.ts'
import { glanceTime } from './image.ts'

export function imageTaskSummaryView(task: ImageTask): components['schemas']['ImageTaskSummary'] {
  return {
    id: task.id,
    type: task.type,
    status: task.status,
    owner: task.ownerProjectId,
    created_at: glanceTime(task.createdAtMs),
    updated_at: glanceTime(task.updatedAtMs),
    ...(task.expiresAtMs === null ? {} : { expires_at: glanceTime(task.expiresAtMs) }),
    self: `/v2/tasks/${task.id}`,
    schema: '/v2/schemas/task',
  }
}

export function imageTaskView(task: ImageTask): components['schemas']['ImageTask'] {
  return {
    ...imageTaskSummaryView(task),
    input: { ...task.input },
    result: task.status === 'success' ? { image_id: task.imageId } : null,
    message: task.message,
    image_id: task.imageId,
    request_id: task.requestId,
    user_id: task.userId,
  }
}
