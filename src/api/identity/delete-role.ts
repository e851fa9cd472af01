import type { Handler } from '../handler.ts'

export const deleteRole: Handler<'deleteRole'> = async ({ params }, services) => {
  await services.identity.roles.delete(params.role_id)
  return { status: 204 }
}
