import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { securityGroupView } from '../views/security-group.ts'

export const listServerSecurityGroups: Handler<'listServerSecurityGroups'> = async ({ auth, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  const groups = await services.securityGroups.ofInstance(instance)
  return { status: 200, body: { security_groups: groups.map(securityGroupView) } }
}
