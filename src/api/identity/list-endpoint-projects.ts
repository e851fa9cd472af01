import type { Handler } from '../handler.ts'
import { listLinks, projectView } from '../views/project.ts'

export const listEndpointProjects: Handler<'listEndpointProjects'> = async ({ params }, services) => {
  const ids = await services.catalog.sights.projectsSeeing('endpoint', params.endpoint_id)
  const projects = await services.identity.projects.list({ ids })
  const links = listLinks(`OS-EP-FILTER/endpoints/${params.endpoint_id}/projects`, services)
  return { status: 200, body: { projects: projects.map((project) => projectView(project, services)), links } }
}
