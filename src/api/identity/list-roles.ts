import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { roleView } from '../views/role.ts'

export const listRoles: Handler<'listRoles'> = async ({ query }, services) => {
  const { name, domain_id } = query
  const roles = await services.identity.roles.list({
    ...(name === undefined ? {} : { name }),
    ...(domain_id === undefined ? {} : { domainId: domain_id }),
  })
  return {
    status: 200,
    body: { roles: roles.map((role) => roleView(role, services)), links: listLinks('roles', services) },
  }
}
