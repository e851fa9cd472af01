import type { Handler } from '../handler.ts'
import { listFlavorPage } from '../requests/flavor-list.ts'
import { flavorSummaryView } from '../views/flavor.ts'

export const listFlavors: Handler<'listFlavors'> = async (request, services) => {
  const { flavors, links } = await listFlavorPage(request, services, 'flavors')
  const base = { publicUrl: services.publicUrl, root: request.root }
  return {
    status: 200,
    body: { flavors: flavors.map((flavor) => flavorSummaryView(flavor, base, request.microversion)), ...links },
  }
}
