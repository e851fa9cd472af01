import type { Handler } from '../handler.ts'
import { flavorAccessView } from '../views/flavor.ts'

export const removeFlavorAccess: Handler<'removeFlavorAccess'> = async ({ params, body }, services) => {
  const id = params.flavor_id
  const projects = await services.flavorAccess.remove(id, body.removeTenantAccess.tenant)
  return { status: 200, body: { flavor_access: flavorAccessView(id, projects) } }
}
