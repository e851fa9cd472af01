import type { Handler } from '../handler.ts'

export const takeBackProjectEndpoint: Handler<'takeBackProjectEndpoint'> = async ({ params }, services) => {
  await services.catalog.sights.takeBack('endpoint', params.endpoint_id, params.project_id)
  return { status: 204 }
}
