import type { Handler } from '../handler.ts'

export const checkGroupUser: Handler<'checkGroupUser'> = async ({ params }, services) => {
  await services.identity.groups.requireMember(params.group_id, params.user_id)
  return { status: 204 }
}
