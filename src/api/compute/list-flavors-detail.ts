import type { Handler } from '../handler.ts'
import { listFlavorPage } from '../requests/flavor-list.ts'
import { flavorView } from '../views/flavor.ts'

export const listFlavorsDetail: Handler<'listFlavorsDetail'> = async (request, services) => {
  const { flavors, links } = await listFlavorPage(request, services, 'flavors/detail')
  const base = { publicUrl: services.publicUrl, root: request.root }
  return {
    status: 200,
    body: { flavors: flavors.map((flavor) => flavorView(flavor, base, request.microversion)), ...links },
  }
}
