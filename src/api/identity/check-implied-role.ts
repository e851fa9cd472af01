import type { Handler } from '../handler.ts'

export const checkImpliedRole: Handler<'checkImpliedRole'> = async ({ params }, services) => {
  await services.identity.roles.getImplied(params.role_id, params.implied_role_id)
  return { status: 204 }
}
