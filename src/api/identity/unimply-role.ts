import type { Handler } from '../handler.ts'

export const unimplyRole: Handler<'unimplyRole'> = async ({ params }, services) => {
  await services.identity.roles.unimply(params.role_id, params.implied_role_id)
  return { status: 204 }
}
