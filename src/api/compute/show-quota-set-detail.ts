import type { Handler } from '../handler.ts'
import { quotaProject } from '../requests/quota-project.ts'
import { quotaSetView } from '../views/quota-set.ts'

export const showQuotaSetDetail: Handler<'showQuotaSetDetail'> = async (request, services) => {
  const { auth, params, query, microversion } = request
  const { quotas } = services
  const id = await quotaProject(params.project_id, auth, services)
  const user = query.user_id === undefined ? undefined : { projectId: id, userId: query.user_id }
  const limits = await (user === undefined ? quotas.limits(id) : quotas.limitsOfUser(user))
  const used = await (user === undefined ? quotas.used(id) : quotas.usedByUser(user))
  const set = quotaSetView((name) => ({ limit: limits[name], in_use: used[name], reserved: 0 as const }), microversion)
  return { status: 200, body: { quota_set: { ...set, id } } }
}
