import type { Handler } from '../handler.ts'

export const deleteCatalogService: Handler<'deleteCatalogService'> = async ({ params }, services) => {
  await services.catalog.deleteService(params.service_id)
  return { status: 204 }
}
