import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { roleView } from '../views/role.ts'

/** All roles are global, so none belongs to a domain. */
export const listRoles: Handler<'listRoles'> = async ({ query }, services) => {
  const { name, domain_id } = query
  const roles = domain_id === undefined ? await services.identity.roles.list(name === undefined ? {} : { name }) : []
  return {
    status: 200,
    body: { roles: roles.map((role) => roleView(role, services)), links: listLinks('roles', services) },
  }
}
