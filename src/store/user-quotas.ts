/** What single users may have of what their project has, and what theirs are. */
import type { Flavor } from '../model/flavor.ts'
import type { ProjectId } from '../model/ids.ts'
import type { QuotaName } from '../model/quotas.ts'
import type { PendingResize } from '../model/resize.ts'
import type { Db } from './database.ts'
import { fromJsonOrNull, fromSharedJson, toNumber } from './rows.ts'

type Row = Record<string, unknown>
type Limits = Readonly<Partial<Record<QuotaName, number>>>

export interface ProjectUser {
  readonly projectId: ProjectId
  readonly userId: string
}

/** Those that somebody set. */
export async function listUserQuotaLimits(db: Db, { projectId, userId }: ProjectUser): Promise<Limits> {
  const where = { project_id: projectId, user_id: userId }
  const rows = (await db('user_quota_limits').where(where).select('name', 'hard_limit')) as Row[]
  return Object.fromEntries(rows.map((row) => [row['name'], toNumber(row['hard_limit'])]))
}

export async function setUserQuotaLimits(db: Db, { projectId, userId }: ProjectUser, limits: Limits): Promise<void> {
  const where = { project_id: projectId, user_id: userId }
  const rows = Object.entries(limits).map(([name, limit]) => ({ ...where, name, hard_limit: limit }))
  if (rows.length === 0) return
  await db('user_quota_limits').insert(rows).onConflict(['project_id', 'user_id', 'name']).merge(['hard_limit'])
}

/** @param userId undefined: of all users of the project */
export async function deleteUserQuotaLimits(db: Db, projectId: ProjectId, userId?: string): Promise<void> {
  const where = { project_id: projectId, ...(userId === undefined ? {} : { user_id: userId }) }
  await db('user_quota_limits').where(where).delete()
}

export interface HeldByUser {
  readonly flavor: Flavor
  readonly resize: PendingResize | null
  /** Of a resize that is under way: the project's count has it already. */
  readonly becoming?: Flavor
}

/**
 * What the user's instances in the project are made of.
 * @param except a reservation that does not count, and an instance whose own change does not count yet
 */
export async function listHeldByUser(
  db: Db,
  { projectId, userId }: ProjectUser,
  {
    reservationId,
    instanceId,
  }: { readonly reservationId?: string | undefined; readonly instanceId?: string | undefined } = {},
): Promise<readonly HeldByUser[]> {
  const select = db('instances as i')
    .leftJoin('operations as o', (on) =>
      on.on('o.id', 'i.operation_id').andOnIn('o.kind', ['instance-resize', 'instance-move']),
    )
    .where({ 'i.project_id': projectId, 'i.user_id': userId, 'i.deleted_at': null })
  if (reservationId !== undefined)
    select.where((others) => others.whereNull('i.reservation_id').orWhereNot('i.reservation_id', reservationId))
  const rows = (await select.select(
    'i.id as id',
    'i.flavor as flavor',
    'i.resize as resize',
    'o.input as input',
  )) as Row[]
  return rows.map((row) => {
    const becoming = row['id'] === instanceId ? undefined : fromJsonOrNull<{ flavor?: Flavor }>(row['input'])?.flavor
    return {
      flavor: fromSharedJson<Flavor>(row['flavor']),
      resize: fromJsonOrNull<PendingResize>(row['resize']),
      ...(becoming === undefined ? {} : { becoming }),
    }
  })
}
