import type { Handler } from '../handler.ts'

export const addGroupUser: Handler<'addGroupUser'> = async ({ params }, services) => {
  await services.identity.groups.addMember(params.group_id, params.user_id)
  return { status: 204 }
}
