import type { Handler } from '../handler.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const deleteAccessToken: Handler<'deleteAccessToken'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  await services.identity.delegations.delete(auth, params.user_id, params.access_token_id)
  return { status: 204 }
}
