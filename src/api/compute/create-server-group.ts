import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'
import { readServerGroup } from '../requests/server-group.ts'
import { serverGroupView } from '../views/server-group.ts'

export const createServerGroup: Handler<'createServerGroup'> = async ({ auth, body, microversion }, services) => {
  const owner = { projectId: projectOf(auth), userId: auth.userId }
  const group = await services.serverGroups.create(owner, readServerGroup(body))
  return { status: 200, body: { server_group: serverGroupView(group, microversion) } }
}
