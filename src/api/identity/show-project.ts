import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { projectView } from '../views/project.ts'

export const showProject: Handler<'showProject'> = async ({ auth, params }, services) => {
  if (!auth.isAdmin && auth.projectId !== params.project_id) {
    throw forbidden('You may look at the project of your token only.')
  }
  const project = await services.identity.projects.get(params.project_id)
  return { status: 200, body: { project: projectView(project, services) } }
}
