import type { Handler } from '../handler.ts'

export const deleteUser: Handler<'deleteUser'> = async ({ params }, services) => {
  await services.identity.users.delete(params.user_id)
  return { status: 204 }
}
