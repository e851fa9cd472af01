import type { Handler } from '../handler.ts'

export const giveProjectEndpoint: Handler<'giveProjectEndpoint'> = async ({ params }, services) => {
  await services.catalog.sights.give('endpoint', params.endpoint_id, params.project_id)
  return { status: 204 }
}
