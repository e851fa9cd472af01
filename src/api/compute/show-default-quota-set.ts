import type { Handler } from '../handler.ts'
import { quotaSetView } from '../views/quota-set.ts'

/** The same for every project, so everybody may know; whether the project exists is not looked at. */
export const showDefaultQuotaSet: Handler<'showDefaultQuotaSet'> = async ({ params, microversion }, { quotas }) => {
  const defaults = await quotas.defaults()
  return {
    status: 200,
    body: { quota_set: { ...quotaSetView((name) => defaults[name], microversion), id: params.project_id } },
  }
}
