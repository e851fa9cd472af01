import type { Handler } from '../handler.ts'
import { endpointGroupView } from '../views/catalog.ts'
import { listLinks } from '../views/project.ts'

export const listProjectEndpointGroups: Handler<'listProjectEndpointGroups'> = async ({ params }, services) => {
  const found = await services.catalog.sights.givenGroups(params.project_id)
  const links = listLinks(`OS-EP-FILTER/projects/${params.project_id}/endpoint_groups`, services)
  return { status: 200, body: { endpoint_groups: found.map((one) => endpointGroupView(one, services)), links } }
}
