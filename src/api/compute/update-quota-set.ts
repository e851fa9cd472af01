import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { readQuotaChanges } from '../requests/quota-changes.ts'
import { readBoolean } from '../requests/words.ts'
import { quotaSetView } from '../views/quota-set.ts'

export const updateQuotaSet: Handler<'updateQuotaSet'> = async ({ params, query, body, microversion }, services) => {
  refuseUser(query.user_id)
  const { force = false, ...wanted } = body.quota_set
  const options = { force: readBoolean('quota_set.force', force) }
  const limits = await services.quotas.set(params.project_id, readQuotaChanges(wanted), options)
  return { status: 200, body: { quota_set: quotaSetView((name) => limits[name], microversion) } }
}

/** @throws PolyvisorError not-implemented: a limit that nobody keeps to must not be taken */
export function refuseUser(userId: string | undefined): void {
  if (userId === undefined) return
  const message = 'Users have no quotas of their own; leave user_id out to change those of the project.'
  throw new PolyvisorError('not-implemented', 'user-quotas-not-built', message)
}
