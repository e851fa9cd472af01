import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'
import { pageSize } from '../requests/paging.ts'
import { serverGroupView } from '../views/server-group.ts'

export const listServerGroups: Handler<'listServerGroups'> = async ({ auth, query, microversion }, services) => {
  // As for Nova, the word alone asks for it, whatever its value.
  const isEverything = query.all_projects !== undefined
  if (isEverything && !auth.isAdmin) throw forbidden("Only admins may list other projects' server groups.")
  const page = { offset: query.offset ?? 0, limit: pageSize(query.limit === 0 ? undefined : query.limit) }
  const groups = await services.serverGroups.list(isEverything ? page : { ...page, projectId: projectOf(auth) })
  return { status: 200, body: { server_groups: groups.map((group) => serverGroupView(group, microversion)) } }
}
