import type { Handler } from '../handler.ts'

export const giveProjectEndpointGroup: Handler<'giveProjectEndpointGroup'> = async ({ params }, services) => {
  await services.catalog.sights.give('endpoint-group', params.endpoint_group_id, params.project_id)
  return { status: 204 }
}
