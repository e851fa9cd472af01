import type { Handler } from '../handler.ts'
import { quotaProject } from '../requests/quota-project.ts'
import { quotaSetView } from '../views/quota-set.ts'

export const showQuotaSetDetail: Handler<'showQuotaSetDetail'> = async ({ auth, params, microversion }, services) => {
  const id = await quotaProject(params.project_id, auth, services)
  const [limits, used] = [await services.quotas.limits(id), await services.quotas.used(id)]
  const quotas = quotaSetView(
    (name) => ({ limit: limits[name], in_use: used[name], reserved: 0 as const }),
    microversion,
  )
  return { status: 200, body: { quota_set: { ...quotas, id } } }
}
