import type { Handler } from '../handler.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const deleteAccessRule: Handler<'deleteAccessRule'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  await services.identity.applicationCredentials.deleteRule(auth, params.user_id, params.access_rule_id)
  return { status: 204 }
}
