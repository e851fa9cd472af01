import type { Handler } from '../handler.ts'
import { endpointGroupView } from '../views/catalog.ts'
import { endpointFilter } from './endpoint-filter.ts'

export const createEndpointGroup: Handler<'createEndpointGroup'> = async ({ body }, services) => {
  const { name, description, filters } = body.endpoint_group
  const made = await services.catalog.sights.createGroup({
    name,
    description: description ?? '',
    filters: endpointFilter(filters),
  })
  return { status: 201, body: { endpoint_group: endpointGroupView(made, services) } }
}
