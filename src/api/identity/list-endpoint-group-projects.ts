import type { Handler } from '../handler.ts'
import { listLinks, projectView } from '../views/project.ts'

export const listEndpointGroupProjects: Handler<'listEndpointGroupProjects'> = async ({ params }, services) => {
  const ids = await services.catalog.sights.projectsSeeing('endpoint-group', params.endpoint_group_id)
  const projects = await services.identity.projects.list({ ids })
  const links = listLinks(`OS-EP-FILTER/endpoint_groups/${params.endpoint_group_id}/projects`, services)
  return { status: 200, body: { projects: projects.map((project) => projectView(project, services)), links } }
}
