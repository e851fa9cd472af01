/**
 * Quotas of single users within their project: never more than it has. They are counted when something is asked for, under the
 * lock of the project's own count, because few users have any.
 */
import { badRequest, forbidden, PolyvisorError } from '../model/errors.ts'
import {
  novaQuotaNames,
  overQuotaText,
  roomFor,
  unlimited,
  type InstanceQuota,
  type QuotaLimits,
  type QuotaName,
} from '../model/quotas.ts'
import type { Db } from '../store/database.ts'
import { lockQuotaUsage } from '../store/quotas.ts'
import { listHeldByUser, listUserQuotaLimits, setUserQuotaLimits, type ProjectUser } from '../store/user-quotas.ts'
import { heldQuotaOf } from './held-quota.ts'

export type { ProjectUser } from '../store/user-quotas.ts'

interface Wish {
  /** What one instance takes. */
  readonly each: InstanceQuota
  readonly count: { readonly min: number; readonly max: number }
  /** Of the request itself, whose instances may be there already. */
  readonly reservationId?: string
  /** Of the request itself, whose operation is there already. */
  readonly instanceId?: string
}

const none: InstanceQuota = { instances: 0, cores: 0, ramMb: 0 }
const free: InstanceQuota = { instances: unlimited, cores: unlimited, ramMb: unlimited }
const names = ['instances', 'cores', 'ramMb'] as const

export async function usedByUser(
  db: Db,
  user: ProjectUser,
  except: Pick<Wish, 'reservationId' | 'instanceId'> = {},
): Promise<InstanceQuota> {
  const held = (await listHeldByUser(db, user, except)).map(heldQuotaOf)
  return held.reduce((sum, { instances, cores, ramMb }) => {
    return { instances: sum.instances + instances, cores: sum.cores + cores, ramMb: sum.ramMb + ramMb }
  }, none)
}

/**
 * In the transaction that takes from the project's quota, before it does.
 * @returns how many of them the user may have. @throws PolyvisorError forbidden when that is fewer than `count.min`
 */
export async function roomForUser(trx: Db, user: ProjectUser, { each, count, ...request }: Wish): Promise<number> {
  const own = await listUserQuotaLimits(trx, user)
  if (Object.keys(own).length === 0) return count.max
  await lockQuotaUsage(trx, user.projectId)
  const used = await usedByUser(trx, user, request)
  const limits = { ...free, ...own }
  const room = Math.min(count.max, roomFor(each, used, limits))
  if (room >= count.min) return room
  throw forbidden(overQuotaText(each, used, limits, count) ?? 'Quota exceeded.')
}

/**
 * In a transaction.
 * @param project what the project may have
 * @throws PolyvisorError not-implemented for a quota that users have none of; bad-request when a limit is above the project's,
 *   or below what is in use unless forced
 */
export async function setForUser(
  trx: Db,
  user: ProjectUser,
  changes: Readonly<Partial<Record<QuotaName, number>>>,
  { project, force }: { readonly project: QuotaLimits; readonly force: boolean },
): Promise<void> {
  const used: Readonly<Partial<Record<QuotaName, number>>> = await usedByUser(trx, user)
  for (const [name, limit] of Object.entries(changes) as [QuotaName, number][]) {
    const word = novaQuotaNames[name]
    if (!names.some((known) => known === name)) {
      const text = `Users have no quota of their own for ${word}; leave user_id out to change that of the project.`
      throw new PolyvisorError('not-implemented', 'user-quotas-not-built', text)
    }
    const most = project[name]
    if (most !== unlimited && (limit === unlimited || limit > most))
      throw badRequest('quota-above-project', `Quota limit ${limit} for ${word} must be less than or equal to ${most}.`)
    const had = used[name] ?? 0
    if (force || limit === unlimited || limit >= had) continue
    const text = `Quota limit ${limit} for ${word} must be greater than or equal to already used and reserved ${had}.`
    throw badRequest('quota-below-use', text)
  }
  await setUserQuotaLimits(trx, user, changes)
}
