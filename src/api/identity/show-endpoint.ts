import type { Handler } from '../handler.ts'
import { endpointView } from '../views/catalog.ts'

export const showEndpoint: Handler<'showEndpoint'> = async ({ params }, services) => ({
  status: 200,
  body: { endpoint: endpointView(await services.catalog.getEndpoint(params.endpoint_id), services) },
})
