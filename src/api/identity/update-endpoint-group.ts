import type { Handler } from '../handler.ts'
import { endpointGroupView } from '../views/catalog.ts'
import { endpointFilter } from './endpoint-filter.ts'

export const updateEndpointGroup: Handler<'updateEndpointGroup'> = async ({ params, body }, services) => {
  const { name, description, filters } = body.endpoint_group
  const changed = await services.catalog.sights.updateGroup(params.endpoint_group_id, {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(filters === undefined ? {} : { filters: endpointFilter(filters) }),
  })
  return { status: 200, body: { endpoint_group: endpointGroupView(changed, services) } }
}
