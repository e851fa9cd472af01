import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { roleView } from '../views/role.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const listAccessTokenRoles: Handler<'listAccessTokenRoles'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const { id, userId, roles } = await services.identity.delegations.get(params.user_id, params.access_token_id)
  return {
    status: 200,
    body: {
      roles: roles.map((role) => roleView(role, services)),
      links: listLinks(`users/${userId}/OS-OAUTH1/access_tokens/${id}/roles`, services),
    },
  }
}
