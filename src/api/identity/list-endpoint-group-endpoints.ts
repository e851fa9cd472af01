import type { Handler } from '../handler.ts'
import { endpointView } from '../views/catalog.ts'
import { listLinks } from '../views/project.ts'

export const listEndpointGroupEndpoints: Handler<'listEndpointGroupEndpoints'> = async ({ params }, services) => {
  const found = await services.catalog.sights.endpointsIn(params.endpoint_group_id)
  const links = listLinks(`OS-EP-FILTER/endpoint_groups/${params.endpoint_group_id}/endpoints`, services)
  return { status: 200, body: { endpoints: found.map((one) => endpointView(one, services)), links } }
}
