import type { Handler } from '../handler.ts'
import { refuseUser } from './update-quota-set.ts'

export const deleteQuotaSet: Handler<'deleteQuotaSet'> = async ({ params, query }, services) => {
  refuseUser(query.user_id)
  await services.quotas.reset(params.project_id)
  return { status: 202 }
}
