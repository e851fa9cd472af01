import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { roleView } from '../views/role.ts'

export const listTrustRoles: Handler<'listTrustRoles'> = async ({ auth, params }, services) => {
  const { id, roles } = await services.identity.trusts.get(auth, params.trust_id)
  return {
    status: 200,
    body: {
      roles: roles.map((role) => roleView(role, services)),
      links: listLinks(`OS-TRUST/trusts/${id}/roles`, services),
    },
  }
}
