import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { userView } from '../views/user.ts'

export const listGroupUsers: Handler<'listGroupUsers'> = async ({ params }, services) => {
  const users = await services.identity.groups.members(params.group_id)
  const links = listLinks(`groups/${params.group_id}/users`, services)
  return { status: 200, body: { users: users.map((user) => userView(user, services)), links } }
}
