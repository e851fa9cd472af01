import type { Handler } from '../handler.ts'
import { imageTaskView } from '../views/image-task.ts'
import { imageCaller } from './image-caller.ts'

export const listTasksOfImage: Handler<'listTasksOfImage'> = async ({ auth, params }, services) => {
  const tasks = await services.imageTasks.ofImage(params.image_id, imageCaller(auth))
  return { status: 200, body: { tasks: tasks.map(imageTaskView) } }
}
