import type { Handler } from '../handler.ts'
import { accessRuleView } from '../views/application-credential.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const showAccessRule: Handler<'showAccessRule'> = async ({ auth, params }, services) => {
  const { user_id, access_rule_id } = params
  requireOwnUserOrAdmin(auth, user_id)
  const rule = await services.identity.applicationCredentials.getRule(user_id, access_rule_id)
  return { status: 200, body: { access_rule: accessRuleView(rule, user_id, services) } }
}
