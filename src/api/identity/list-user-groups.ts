import type { Handler } from '../handler.ts'
import { groupView } from '../views/group.ts'
import { listLinks } from '../views/project.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const listUserGroups: Handler<'listUserGroups'> = async ({ auth, params, query }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const { id: userId } = await services.identity.users.get(params.user_id)
  const filter = { userId, ...(query.name === undefined ? {} : { name: query.name }) }
  const groups = await services.identity.groups.list(filter)
  return {
    status: 200,
    body: {
      groups: groups.map((group) => groupView(group, services)),
      links: listLinks(`users/${userId}/groups`, services),
    },
  }
}
