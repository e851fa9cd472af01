import type { Handler } from '../handler.ts'
import { flavorView } from '../views/flavor.ts'

export const showFlavor: Handler<'showFlavor'> = async (request, services) => {
  const flavor = await services.flavors.get(request.params.flavor_id, request.auth)
  const base = { publicUrl: services.publicUrl, root: request.root }
  return { status: 200, body: { flavor: flavorView(flavor, base, request.microversion) } }
}
