import type { Handler } from '../handler.ts'
import { looseBoolean } from '../views/loose-boolean.ts'
import { listLinks } from '../views/project.ts'
import { userView } from '../views/user.ts'

export const listUsers: Handler<'listUsers'> = async ({ query }, services) => {
  const enabled = looseBoolean(query.enabled)
  const users = await services.identity.users.list({
    ...(query.name === undefined ? {} : { name: query.name }),
    ...(query.domain_id === undefined ? {} : { domainId: query.domain_id }),
    ...(enabled === undefined ? {} : { enabled }),
  })
  return {
    status: 200,
    body: { users: users.map((user) => userView(user, services)), links: listLinks('users', services) },
  }
}
