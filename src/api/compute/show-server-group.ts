import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'
import { serverGroupView } from '../views/server-group.ts'

export const showServerGroup: Handler<'showServerGroup'> = async ({ auth, params, microversion }, services) => {
  const owner = { projectId: projectOf(auth), isAdmin: auth.isAdmin }
  const group = await services.serverGroups.get(params.server_group_id, owner)
  return { status: 200, body: { server_group: serverGroupView(group, microversion) } }
}
