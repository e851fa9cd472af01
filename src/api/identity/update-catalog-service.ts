import type { Handler } from '../handler.ts'
import { serviceView } from '../views/catalog.ts'

export const updateCatalogService: Handler<'updateCatalogService'> = async ({ params, body }, services) => {
  const { type, name, description, enabled } = body.service
  const changed = await services.catalog.updateService(params.service_id, {
    ...(type === undefined ? {} : { type }),
    ...(name === undefined ? {} : { name: name ?? '' }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(enabled === undefined ? {} : { enabled }),
  })
  return { status: 200, body: { service: serviceView(changed, services) } }
}
