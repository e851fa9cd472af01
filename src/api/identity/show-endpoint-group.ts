import type { Handler } from '../handler.ts'
import { endpointGroupView } from '../views/catalog.ts'

export const showEndpointGroup: Handler<'showEndpointGroup'> = async ({ params }, services) => ({
  status: 200,
  body: {
    endpoint_group: endpointGroupView(await services.catalog.sights.getGroup(params.endpoint_group_id), services),
  },
})
