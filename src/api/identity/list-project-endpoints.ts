import type { Handler } from '../handler.ts'
import { endpointView } from '../views/catalog.ts'
import { listLinks } from '../views/project.ts'

export const listProjectEndpoints: Handler<'listProjectEndpoints'> = async ({ params }, services) => {
  const found = await services.catalog.sights.givenEndpoints(params.project_id)
  const links = listLinks(`OS-EP-FILTER/projects/${params.project_id}/endpoints`, services)
  return { status: 200, body: { endpoints: found.map((one) => endpointView(one, services)), links } }
}
