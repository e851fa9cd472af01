import type { Handler } from '../handler.ts'

export const deleteQuotaSet: Handler<'deleteQuotaSet'> = async ({ params, query }, { quotas }) => {
  const { user_id: userId } = query
  await (userId === undefined ? quotas.reset(params.project_id) : quotas.resetUser(params.project_id, userId))
  return { status: 202 }
}
