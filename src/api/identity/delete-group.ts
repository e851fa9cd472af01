import type { Handler } from '../handler.ts'

export const deleteGroup: Handler<'deleteGroup'> = async ({ params }, services) => {
  await services.identity.groups.delete(params.group_id)
  return { status: 204 }
}
