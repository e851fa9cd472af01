import type { Handler } from '../handler.ts'
import { endpointGroupView } from '../views/catalog.ts'
import { listLinks } from '../views/project.ts'

export const listEndpointGroups: Handler<'listEndpointGroups'> = async (_request, services) => {
  const found = await services.catalog.sights.listGroups()
  return {
    status: 200,
    body: {
      endpoint_groups: found.map((one) => endpointGroupView(one, services)),
      links: listLinks('OS-EP-FILTER/endpoint_groups', services),
    },
  }
}
