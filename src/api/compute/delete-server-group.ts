import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'

export const deleteServerGroup: Handler<'deleteServerGroup'> = async ({ auth, params }, services) => {
  await services.serverGroups.delete(params.server_group_id, { projectId: projectOf(auth), isAdmin: auth.isAdmin })
  return { status: 204 }
}
