import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { roleView } from '../views/role.ts'

export const listDomainUserRoles: Handler<'listDomainUserRoles'> = async ({ params }, services) => {
  const { domain_id, user_id } = params
  const roles = await services.identity.roles.rolesOn(user_id, { domainId: domain_id })
  const links = listLinks(`domains/${domain_id}/users/${user_id}/roles`, services)
  return { status: 200, body: { roles: roles.map((role) => roleView(role, services)), links } }
}
