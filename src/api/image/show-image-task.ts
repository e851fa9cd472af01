import type { Handler } from '../handler.ts'
import { imageTaskView } from '../views/image-task.ts'

export const showImageTask: Handler<'showImageTask'> = async ({ params }, services) => ({
  status: 200,
  body: imageTaskView(await services.imageTasks.get(params.task_id)),
})
