import type { Handler } from '../handler.ts'
import { serviceView } from '../views/catalog.ts'

export const showCatalogService: Handler<'showCatalogService'> = async ({ params }, services) => ({
  status: 200,
  body: { service: serviceView(await services.catalog.getService(params.service_id), services) },
})
