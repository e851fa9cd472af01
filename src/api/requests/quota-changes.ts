/** Limits in Nova's words, as changes in ours. */
import { badRequest } from '../../model/errors.ts'
import { novaQuotaNames, quotaNames, unlimited } from '../../model/quotas.ts'
import type { QuotaChanges } from '../../operations/quota-service.ts'
import { readAmount } from './words.ts'

/** @throws PolyvisorError bad-request */
export function readQuotaChanges(wanted: Readonly<Record<string, number | string | undefined>>): QuotaChanges {
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
