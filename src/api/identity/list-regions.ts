import type { Handler } from '../handler.ts'
import { regionView } from '../views/catalog.ts'
import { listLinks } from '../views/project.ts'

export const listRegions: Handler<'listRegions'> = async ({ query }, services) => {
  const found = await services.catalog.listRegions(
    query.parent_region_id === undefined ? {} : { parentId: query.parent_region_id },
  )
  return {
    status: 200,
    body: { regions: found.map((one) => regionView(one, services)), links: listLinks('regions', services) },
  }
}
