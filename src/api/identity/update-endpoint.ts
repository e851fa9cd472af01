import type { Handler } from '../handler.ts'
import { endpointView } from '../views/catalog.ts'

export const updateEndpoint: Handler<'updateEndpoint'> = async ({ params, body }, services) => {
  const { service_id, url, region, region_id, name, description, enabled } = body.endpoint
  const regionId = region_id === undefined ? region : region_id
  const changes = {
    ...(service_id === undefined ? {} : { serviceId: service_id }),
    ...(body.endpoint.interface === undefined ? {} : { interface: body.endpoint.interface }),
    ...(url === undefined ? {} : { url }),
    ...(regionId === undefined ? {} : { regionId }),
    ...(name === undefined ? {} : { name: name ?? '' }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(enabled === undefined ? {} : { enabled }),
  }
  const changed = await services.catalog.updateEndpoint(params.endpoint_id, changes, region_id === undefined)
  return { status: 200, body: { endpoint: endpointView(changed, services) } }
}
