import type { Handler } from '../handler.ts'
import { regionView } from '../views/catalog.ts'

export const createRegion: Handler<'createRegion'> = async ({ body }, services) => {
  const { id, description, parent_region_id } = body.region
  const made = await services.catalog.createRegion({
    ...(typeof id === 'string' ? { id } : {}),
    description: description ?? '',
    parentId: parent_region_id ?? null,
  })
  return { status: 201, body: { region: regionView(made, services) } }
}
