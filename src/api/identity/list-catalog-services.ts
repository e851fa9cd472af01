import type { Handler } from '../handler.ts'
import { serviceView } from '../views/catalog.ts'
import { listLinks } from '../views/project.ts'

export const listCatalogServices: Handler<'listCatalogServices'> = async ({ query }, services) => {
  const found = await services.catalog.listServices({
    ...(query.type === undefined ? {} : { type: query.type }),
    ...(query.name === undefined ? {} : { name: query.name }),
  })
  return {
    status: 200,
    body: { services: found.map((one) => serviceView(one, services)), links: listLinks('services', services) },
  }
}
