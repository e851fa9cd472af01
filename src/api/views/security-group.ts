/** Security groups as Nova's old proxy shows them. */
import type { components } from '../../contract/types.gen.ts'
import type { SecurityGroup, SecurityGroupRule } from '../../model/security-group.ts'

type Schemas = components['schemas']

export function securityGroupView(group: SecurityGroup): Schemas['SecurityGroup'] {
  const { id, projectId, name, description, rules } = group
  return { id, tenant_id: projectId, name, description, rules: rules.map((rule) => securityGroupRuleView(rule, group)) }
}

export function securityGroupRuleView(
  { id, groupId, protocol, fromPort, toPort, source }: SecurityGroupRule,
  { projectId }: Pick<SecurityGroup, 'projectId'>,
): Schemas['SecurityGroupRule'] {
  return {
    id,
    parent_group_id: groupId,
    ip_protocol: protocol,
    from_port: fromPort,
    to_port: toPort,
    ip_range: 'cidr' in source ? { cidr: source.cidr } : {},
    group: 'cidr' in source ? {} : { name: source.groupName, tenant_id: projectId },
  }
}
