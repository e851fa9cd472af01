import type { Handler } from '../handler.ts'
import { quotaProject } from '../requests/quota-project.ts'
import { quotaSetView } from '../views/quota-set.ts'

export const showQuotaSet: Handler<'showQuotaSet'> = async ({ auth, params, query, microversion }, services) => {
  const { quotas } = services
  const id = await quotaProject(params.project_id, auth, services)
  const { user_id: userId } = query
  const limits = await (userId === undefined ? quotas.limits(id) : quotas.limitsOfUser({ projectId: id, userId }))
  return { status: 200, body: { quota_set: { ...quotaSetView((name) => limits[name], microversion), id } } }
}
