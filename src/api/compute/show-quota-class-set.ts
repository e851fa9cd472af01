import type { Handler } from '../handler.ts'
import { quotaClassSetView } from '../views/quota-set.ts'

export const showQuotaClassSet: Handler<'showQuotaClassSet'> = async ({ params, microversion }, { quotas }) => ({
  status: 200,
  body: { quota_class_set: { ...quotaClassSetView(await quotas.defaults(), microversion), id: params.class_name } },
})
