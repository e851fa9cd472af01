import type { Handler } from '../handler.ts'

export const checkEndpointGroup: Handler<'checkEndpointGroup'> = async ({ params }, services) => {
  await services.catalog.sights.getGroup(params.endpoint_group_id)
  return { status: 200 }
}
