import type { Handler } from '../handler.ts'

export const takeBackProjectEndpointGroup: Handler<'takeBackProjectEndpointGroup'> = async ({ params }, services) => {
  await services.catalog.sights.takeBack('endpoint-group', params.endpoint_group_id, params.project_id)
  return { status: 204 }
}
