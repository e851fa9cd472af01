import type { Handler } from '../handler.ts'
import { groupOwner } from '../requests/security-group.ts'
import { securityGroupView } from '../views/security-group.ts'

export const showSecurityGroup: Handler<'showSecurityGroup'> = async ({ auth, params }, services) => {
  const { id, owner } = groupOwner(params.security_group_id, auth)
  return { status: 200, body: { security_group: securityGroupView(await services.securityGroups.get(id, owner)) } }
}
