import type { Handler } from '../handler.ts'
import { groupOwner } from '../requests/security-group.ts'

export const deleteSecurityGroup: Handler<'deleteSecurityGroup'> = async ({ auth, params }, services) => {
  const { id, owner } = groupOwner(params.security_group_id, auth)
  await services.securityGroups.delete(id, owner)
  return { status: 202 }
}
