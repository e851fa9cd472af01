import type { Handler } from '../handler.ts'
import { readQuotaChanges } from '../requests/quota-changes.ts'
import { readBoolean } from '../requests/words.ts'
import { quotaSetView } from '../views/quota-set.ts'

export const updateQuotaSet: Handler<'updateQuotaSet'> = async ({ params, query, body, microversion }, { quotas }) => {
  const { force = false, ...wanted } = body.quota_set
  const options = { force: readBoolean('quota_set.force', force) }
  const changes = readQuotaChanges(wanted)
  const { user_id: userId } = query
  const limits = await (userId === undefined
    ? quotas.set(params.project_id, changes, options)
    : quotas.setForUser(params.project_id, userId, changes, options))
  return { status: 200, body: { quota_set: quotaSetView((name) => limits[name], microversion) } }
}
