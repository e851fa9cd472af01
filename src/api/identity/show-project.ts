import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { domainAsProjectView, projectView } from '../views/project.ts'
import { projectRelatives } from './project-relatives.ts'

export const showProject: Handler<'showProject'> = async ({ auth, params, query }, services) => {
  if (!auth.isAdmin && auth.projectId !== params.project_id) {
    throw forbidden('You may look at the project of your token only.')
  }
  const domain = await services.identity.domains.find(params.project_id)
  if (domain !== undefined) return { status: 200, body: { project: domainAsProjectView(domain, services) } }
  const project = await services.identity.projects.get(params.project_id)
  const relatives = await projectRelatives(project, query, auth, services)
  return { status: 200, body: { project: { ...projectView(project, services), ...relatives } } }
}
