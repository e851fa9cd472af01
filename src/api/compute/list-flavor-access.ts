import type { Handler } from '../handler.ts'
import { flavorAccessView } from '../views/flavor.ts'

export const listFlavorAccess: Handler<'listFlavorAccess'> = async ({ params }, services) => {
  const id = params.flavor_id
  return { status: 200, body: { flavor_access: flavorAccessView(id, await services.flavorAccess.list(id)) } }
}
