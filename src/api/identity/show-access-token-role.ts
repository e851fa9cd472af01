import { notFound } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { roleView } from '../views/role.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const showAccessTokenRole: Handler<'showAccessTokenRole'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const { roles } = await services.identity.delegations.get(params.user_id, params.access_token_id)
  const role = roles.find(({ id }) => id === params.role_id)
  if (role === undefined) throw notFound('role', params.role_id)
  return { status: 200, body: { role: roleView(role, services) } }
}
