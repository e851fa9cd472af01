import { badRequest, PolyvisorError } from '../../model/errors.ts'
import { novaQuotaNames, quotaNames, unlimited } from '../../model/quotas.ts'
import type { QuotaChanges } from '../../operations/quota-service.ts'
import type { Handler } from '../handler.ts'
import { readAmount, readBoolean } from '../requests/words.ts'
import { quotaSetView } from '../views/quota-set.ts'

export const updateQuotaSet: Handler<'updateQuotaSet'> = async ({ params, query, body, microversion }, services) => {
  refuseUser(query.user_id)
  const { force = false, ...wanted } = body.quota_set
  const options = { force: readBoolean('quota_set.force', force) }
  const limits = await services.quotas.set(params.project_id, readChanges(wanted), options)
  return { status: 200, body: { quota_set: quotaSetView((name) => limits[name], microversion) } }
}

/** @throws PolyvisorError not-implemented: a limit that nobody keeps to must not be taken */
export function refuseUser(userId: string | undefined): void {
  if (userId === undefined) return
  const message = 'Users have no quotas of their own; leave user_id out to change those of the project.'
  throw new PolyvisorError('not-implemented', 'user-quotas-not-built', message)
}

function readChanges(wanted: Readonly<Record<string, number | string | undefined>>): QuotaChanges {
  const changes: [string, number][] = []
  for (const name of quotaNames) {
    const novaName = novaQuotaNames[name]
    const value = wanted[novaName]
    if (value === undefined) continue
    const limit = readAmount(novaName, value, unlimited)
    if (limit < unlimited)
      throw badRequest('invalid-quota', `Quota limit ${limit} for ${novaName} must be -1 or greater.`)
    changes.push([name, limit])
  }
  return Object.fromEntries(changes)
}
