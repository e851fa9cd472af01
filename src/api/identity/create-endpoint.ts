import type { Handler } from '../handler.ts'
import { endpointView } from '../views/catalog.ts'

export const createEndpoint: Handler<'createEndpoint'> = async ({ body }, services) => {
  const { service_id, url, region, region_id, name, description, enabled } = body.endpoint
  const made = await services.catalog.createEndpoint({
    serviceId: service_id,
    interface: body.endpoint.interface,
    url,
    regionId: region_id ?? region ?? null,
    makeRegion: typeof region_id !== 'string',
    name: name ?? '',
    description: description ?? '',
    enabled: enabled ?? true,
  })
  return { status: 201, body: { endpoint: endpointView(made, services) } }
}
