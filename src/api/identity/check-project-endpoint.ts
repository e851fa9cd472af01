import type { Handler } from '../handler.ts'

export const checkProjectEndpoint: Handler<'checkProjectEndpoint'> = async ({ params }, services) => {
  await services.catalog.sights.requireGiven('endpoint', params.endpoint_id, params.project_id)
  return { status: 204 }
}
