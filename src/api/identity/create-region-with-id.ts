import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { regionView } from '../views/catalog.ts'

export const createRegionWithId: Handler<'createRegionWithId'> = async ({ params, body }, services) => {
  const { id = params.region_id, description, parent_region_id } = body.region
  if (id !== null && id !== params.region_id)
    throw badRequest('other-id', 'The id in the body is another than that in the path. Leave it out.')
  const made = await services.catalog.createRegion({
    id: params.region_id,
    description: description ?? '',
    parentId: parent_region_id ?? null,
  })
  return { status: 201, body: { region: regionView(made, services) } }
}
