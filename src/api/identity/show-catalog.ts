import type { Handler } from '../handler.ts'
import { catalogView } from '../views/catalog-view.ts'
import { listLinks } from '../views/project-view.ts'

export const showCatalog: Handler<'showCatalog'> = (_request, services) => ({
  status: 200,
  body: { catalog: catalogView(services), links: listLinks('auth/catalog', services) },
})
