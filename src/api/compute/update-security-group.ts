import type { Handler } from '../handler.ts'
import { groupOwner } from '../requests/security-group.ts'
import { securityGroupView } from '../views/security-group.ts'

export const updateSecurityGroup: Handler<'updateSecurityGroup'> = async ({ auth, body, params }, services) => {
  const { id, owner } = groupOwner(params.security_group_id, auth)
  const { name, description } = body.security_group
  const words = { name, ...(typeof description === 'string' ? { description } : {}) }
  return {
    status: 200,
    body: { security_group: securityGroupView(await services.securityGroups.update(id, owner, words)) },
  }
}
