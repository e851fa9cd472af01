import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const addServerSecurityGroup: Handler<'addServerSecurityGroup'> = async ({ auth, body, params }, services) => {
  const { instance } = await visibleServer(services, params.server_id, auth)
  await services.securityGroups.addTo(instance.id, body.addSecurityGroup.name)
  return { status: 202 }
}
