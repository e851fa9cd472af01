import type { Handler } from '../handler.ts'

export const deleteRegion: Handler<'deleteRegion'> = async ({ params }, services) => {
  await services.catalog.deleteRegion(params.region_id)
  return { status: 204 }
}
