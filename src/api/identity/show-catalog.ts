import type { Handler } from '../handler.ts'
import { catalogView } from '../views/catalog.ts'
import { listLinks } from '../views/project.ts'

export const showCatalog: Handler<'showCatalog'> = (_request, services) => ({
  status: 200,
  body: { catalog: catalogView(services), links: listLinks('auth/catalog', services) },
})
