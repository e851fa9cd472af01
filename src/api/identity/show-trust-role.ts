import type { Handler } from '../handler.ts'
import { roleView } from '../views/role.ts'

export const showTrustRole: Handler<'showTrustRole'> = async ({ auth, params }, services) => {
  const role = await services.identity.trusts.getRole(auth, params.trust_id, params.role_id)
  return { status: 200, body: { role: roleView(role, services) } }
}
