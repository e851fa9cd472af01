import type { Handler } from '../handler.ts'
import { groupOwner } from '../requests/security-group.ts'

export const deleteSecurityGroupRule: Handler<'deleteSecurityGroupRule'> = async ({ auth, params }, services) => {
  const { id, owner } = groupOwner(params.security_group_rule_id, auth)
  await services.securityGroups.deleteRule(id, owner)
  return { status: 202 }
}
