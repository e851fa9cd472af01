import type { Handler } from '../handler.ts'
import { tagsView } from '../views/project.ts'

export const replaceProjectTags: Handler<'replaceProjectTags'> = async ({ params, body }, services) => {
  const project = await services.identity.projects.update(params.project_id, { tags: body.tags })
  return { status: 200, body: tagsView(project, services) }
}
