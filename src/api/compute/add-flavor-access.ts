import type { Handler } from '../handler.ts'
import { flavorAccessView } from '../views/flavor.ts'

export const addFlavorAccess: Handler<'addFlavorAccess'> = async ({ params, body }, services) => {
  const id = params.flavor_id
  const projects = await services.flavorAccess.add(id, body.addTenantAccess.tenant)
  return { status: 200, body: { flavor_access: flavorAccessView(id, projects) } }
}
