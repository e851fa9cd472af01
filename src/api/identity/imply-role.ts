import type { Handler } from '../handler.ts'
import { roleInferenceView } from '../views/role-inference.ts'

export const implyRole: Handler<'implyRole'> = async ({ params }, services) => {
  const rule = await services.identity.roles.imply(params.role_id, params.implied_role_id)
  return { status: 201, body: roleInferenceView(rule, services) }
}
