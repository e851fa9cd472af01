import type { Handler } from '../handler.ts'
import { endpointView } from '../views/catalog.ts'
import { listLinks } from '../views/project.ts'

export const listEndpoints: Handler<'listEndpoints'> = async ({ query }, services) => {
  const found = await services.catalog.listEndpoints({
    ...(query.service_id === undefined ? {} : { serviceId: query.service_id }),
    ...(query.region_id === undefined ? {} : { regionId: query.region_id }),
    ...(query.interface === undefined ? {} : { interface: query.interface }),
  })
  return {
    status: 200,
    body: { endpoints: found.map((one) => endpointView(one, services)), links: listLinks('endpoints', services) },
  }
}
