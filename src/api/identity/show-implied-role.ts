import type { Handler } from '../handler.ts'
import { roleInferenceView } from '../views/role-inference.ts'

export const showImpliedRole: Handler<'showImpliedRole'> = async ({ params }, services) => {
  const rule = await services.identity.roles.getImplied(params.role_id, params.implied_role_id)
  return { status: 200, body: roleInferenceView(rule, services) }
}
