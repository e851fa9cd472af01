import type { Handler } from '../handler.ts'
import { regionView } from '../views/catalog.ts'

export const updateRegion: Handler<'updateRegion'> = async ({ params, body }, services) => {
  const { description, parent_region_id } = body.region
  const changed = await services.catalog.updateRegion(params.region_id, {
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(parent_region_id === undefined ? {} : { parentId: parent_region_id }),
  })
  return { status: 200, body: { region: regionView(changed, services) } }
}
