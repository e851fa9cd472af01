import type { Handler } from '../handler.ts'

export const removeGroupUser: Handler<'removeGroupUser'> = async ({ params }, services) => {
  await services.identity.groups.removeMember(params.group_id, params.user_id)
  return { status: 204 }
}
