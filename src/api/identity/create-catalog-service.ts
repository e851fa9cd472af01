import type { Handler } from '../handler.ts'
import { serviceView } from '../views/catalog.ts'

export const createCatalogService: Handler<'createCatalogService'> = async ({ body }, services) => {
  const { type, name, description, enabled } = body.service
  const made = await services.catalog.createService({
    type,
    name: name ?? '',
    description: description ?? '',
    enabled: enabled ?? true,
  })
  return { status: 201, body: { service: serviceView(made, services) } }
}
