import type { Handler } from '../handler.ts'
import { groupOwner } from '../requests/security-group.ts'
import { securityGroupRuleView } from '../views/security-group.ts'

export const createSecurityGroupRule: Handler<'createSecurityGroupRule'> = async ({ auth, body }, services) => {
  const wanted = body.security_group_rule
  const { id: groupId, owner } = groupOwner(wanted.parent_group_id, auth)
  const port = (value: number | string | null | undefined) =>
    value === undefined || value === null || value === '' ? null : Number(value)
  const sourceGroupId = wanted.group_id ?? undefined
  const { rule, group } = await services.securityGroups.addRule(
    {
      groupId,
      protocol: wanted.ip_protocol ?? null,
      fromPort: port(wanted.from_port),
      toPort: port(wanted.to_port),
      cidr: wanted.cidr ?? undefined,
      sourceGroupId: sourceGroupId === undefined ? undefined : groupOwner(sourceGroupId, auth).id,
    },
    owner,
  )
  return { status: 200, body: { security_group_rule: securityGroupRuleView(rule, group) } }
}
