import type { Handler } from '../handler.ts'
import { projectView } from '../views/project.ts'

export const updateProject: Handler<'updateProject'> = async ({ params, body }, services) => {
  const { name, description, enabled } = body.project
  const project = await services.identity.projects.update(params.project_id, {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(enabled === undefined ? {} : { enabled }),
  })
  return { status: 200, body: { project: projectView(project, services) } }
}
