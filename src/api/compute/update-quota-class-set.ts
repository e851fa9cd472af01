import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { readQuotaChanges } from '../requests/quota-changes.ts'
import { quotaClassSetView } from '../views/quota-set.ts'

export const updateQuotaClassSet: Handler<'updateQuotaClassSet'> = async (
  { params, body, microversion },
  { quotas },
) => {
  if (params.class_name !== 'default')
    throw badRequest('unknown-quota-class', `There is no quota class ${params.class_name}; change the class default.`)
  const limits = await quotas.setDefaults(readQuotaChanges(body.quota_class_set))
  return { status: 200, body: { quota_class_set: quotaClassSetView(limits, microversion) } }
}
