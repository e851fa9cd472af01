import type { Handler } from '../handler.ts'
import { groupView } from '../views/group.ts'

export const showGroup: Handler<'showGroup'> = async ({ params }, services) => ({
  status: 200,
  body: { group: groupView(await services.identity.groups.get(params.group_id), services) },
})
