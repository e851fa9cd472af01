import type { Handler } from '../handler.ts'
import { regionView } from '../views/catalog.ts'

export const showRegion: Handler<'showRegion'> = async ({ params }, services) => ({
  status: 200,
  body: { region: regionView(await services.catalog.getRegion(params.region_id), services) },
})
