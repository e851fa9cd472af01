import type { Handler } from '../handler.ts'
import { flavorView } from '../views/flavor.ts'

export const updateFlavor: Handler<'updateFlavor'> = async (request, services) => {
  const flavor = await services.flavors.setDescription(request.params.flavor_id, request.body.flavor.description)
  const base = { publicUrl: services.publicUrl, root: request.root }
  return { status: 200, body: { flavor: flavorView(flavor, base, request.microversion) } }
}
