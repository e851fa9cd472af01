import type { Handler } from '../handler.ts'
import { quotaProject } from '../requests/quota-project.ts'
import { quotaSetView } from '../views/quota-set.ts'

export const showQuotaSet: Handler<'showQuotaSet'> = async ({ auth, params, microversion }, services) => {
  const id = await quotaProject(params.project_id, auth, services)
  const limits = await services.quotas.limits(id)
  return { status: 200, body: { quota_set: { ...quotaSetView((name) => limits[name], microversion), id } } }
}
