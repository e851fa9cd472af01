import type { Handler } from '../handler.ts'
import { imageTaskSummaryView } from '../views/image-task.ts'
import { pageLink } from './page-link.ts'

export const listImageTasks: Handler<'listImageTasks'> = async ({ query, rawQuery }, services) => {
  const { type, status, limit, marker, sort_dir: direction } = query
  const request = { type, status, limit, marker, descending: direction !== 'asc' }
  const { tasks, hasMore } = await services.imageTasks.list(request)
  const last = tasks.at(-1)
  return {
    status: 200,
    body: {
      tasks: tasks.map(imageTaskSummaryView),
      first: pageLink('/v2/tasks', rawQuery, undefined),
      ...(hasMore && last !== undefined ? { next: pageLink('/v2/tasks', rawQuery, last.id) } : {}),
      schema: '/v2/schemas/tasks',
    },
  }
}
