import type { Handler } from '../handler.ts'
import { endpointGroupView } from '../views/catalog.ts'

export const showProjectEndpointGroup: Handler<'showProjectEndpointGroup'> = async ({ params }, services) => {
  const { endpoint_group_id, project_id } = params
  await services.catalog.sights.requireGiven('endpoint-group', endpoint_group_id, project_id)
  const group = await services.catalog.sights.getGroup(endpoint_group_id)
  return { status: 200, body: { endpoint_group: endpointGroupView(group, services) } }
}
