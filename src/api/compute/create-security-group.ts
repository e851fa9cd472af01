import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'
import { securityGroupView } from '../views/security-group.ts'

export const createSecurityGroup: Handler<'createSecurityGroup'> = async ({ auth, body }, services) => {
  const { name, description } = body.security_group
  const group = await services.securityGroups.create(projectOf(auth), name, description ?? '')
  return { status: 200, body: { security_group: securityGroupView(group) } }
}
