import type { Handler } from '../handler.ts'

export const deleteEndpointGroup: Handler<'deleteEndpointGroup'> = async ({ params }, services) => {
  await services.catalog.sights.deleteGroup(params.endpoint_group_id)
  return { status: 204 }
}
