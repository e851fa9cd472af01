/**
 * What projects may have and what their instances take. The amounts in use change in the same statement that checks
 * them, so two requests can never share the last slot, whatever the database and however many processes.
 */
import type { ProjectId } from '../model/ids.ts'
import { roomFor, unlimited, type InstanceQuota, type QuotaName } from '../model/quotas.ts'
import type { Db } from './database.ts'
import { toNumber } from './rows.ts'

type Row = Record<string, unknown>

export interface QuotaRequest {
  readonly projectId: ProjectId
  /** What one instance takes. */
  readonly each: InstanceQuota
  readonly count: { readonly min: number; readonly max: number }
  readonly limits: InstanceQuota
}

/** `used`: what stood in the way when nothing was taken. */
export type QuotaGrant = { readonly taken: number } | { readonly taken: 0; readonly used: InstanceQuota }

/** In the transaction that inserts the instances: takes what as many of them need as fit, all or none below `min`. */
export async function takeQuota(trx: Db, request: QuotaRequest): Promise<QuotaGrant> {
  const { projectId, each, count, limits } = request
  for (let wanted = count.max; ;) {
    if (await tryTake(trx, request, wanted)) return { taken: wanted }
    // The first request of a project, too many, or somebody was faster: look, and ask for what fits now.
    await trx('quota_usages').insert({ project_id: projectId }).onConflict('project_id').ignore()
    const used = await findQuotaUsage(trx, projectId)
    wanted = Math.min(count.max, roomFor(each, used, limits))
    if (wanted < count.min) return { taken: 0, used }
  }
}

/** In the transaction that deletes the instance. */
export async function releaseQuota(trx: Db, projectId: ProjectId, amounts: InstanceQuota): Promise<void> {
  await trx('quota_usages')
    .where({ project_id: projectId })
    .update(changed(trx, amounts, -1))
}

export async function findQuotaUsage(db: Db, projectId: ProjectId): Promise<InstanceQuota> {
  const row = (await db('quota_usages').where({ project_id: projectId }).first()) as Row | undefined
  return {
    instances: toNumber(row?.['instances'] ?? 0),
    cores: toNumber(row?.['cores'] ?? 0),
    ramMb: toNumber(row?.['ram_mb'] ?? 0),
  }
}

/** Inside a transaction: whoever counts something of the project that has no counter waits for who does so now. */
export async function lockQuotaUsage(trx: Db, projectId: ProjectId): Promise<void> {
  await trx('quota_usages').insert({ project_id: projectId }).onConflict('project_id').ignore()
  await trx('quota_usages').where({ project_id: projectId }).forUpdate().first('project_id')
}

/** In place of a project's id, which has no blanks: the limits of all that have none of their own. */
export const defaultQuotaClass = 'class default' as ProjectId

/** The limits that somebody set for everybody, and those for the project over them. */
export async function listQuotaLimits(
  db: Db,
  projectId?: ProjectId,
): Promise<Readonly<Partial<Record<QuotaName, number>>>> {
  const rows = (await db('quota_limits')
    .whereIn('project_id', projectId === undefined ? [defaultQuotaClass] : [defaultQuotaClass, projectId])
    .select('project_id', 'name', 'hard_limit')) as Row[]
  const isDefault = (row: Row): boolean => row['project_id'] === defaultQuotaClass
  const inOrder = [...rows.filter(isDefault), ...rows.filter((row) => !isDefault(row))]
  return Object.fromEntries(inOrder.map((row) => [row['name'], toNumber(row['hard_limit'])]))
}

export async function setQuotaLimits(
  db: Db,
  projectId: ProjectId,
  limits: Readonly<Partial<Record<QuotaName, number>>>,
): Promise<void> {
  const rows = Object.entries(limits).map(([name, limit]) => ({ project_id: projectId, name, hard_limit: limit }))
  if (rows.length > 0) await db('quota_limits').insert(rows).onConflict(['project_id', 'name']).merge(['hard_limit'])
}

/** From now on the defaults hold. */
export async function deleteQuotaLimits(db: Db, projectId: ProjectId): Promise<void> {
  await db('quota_limits').where({ project_id: projectId }).delete()
}

const columns = { instances: 'instances', cores: 'cores', ramMb: 'ram_mb' } as const
const names = ['instances', 'cores', 'ramMb'] as const

async function tryTake(trx: Db, { projectId, each, limits }: QuotaRequest, count: number): Promise<boolean> {
  const amounts = { instances: each.instances * count, cores: each.cores * count, ramMb: each.ramMb * count }
  const query = trx('quota_usages').where({ project_id: projectId })
  for (const name of names) {
    if (limits[name] !== unlimited && amounts[name] > 0) {
      query.whereRaw(`${columns[name]} + ? <= ?`, [amounts[name], limits[name]])
    }
  }
  return (await query.update(changed(trx, amounts, 1))) === 1
}

function changed(db: Db, amounts: InstanceQuota, sign: 1 | -1): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => [columns[name], db.raw(`${columns[name]} + ?`, [sign * amounts[name]])]),
  )
}
