/** What projects used, from the instances themselves: those that ran at some time between two moments. */
import type { Flavor } from '../../model/flavor.ts'
import type { InstanceId, ProjectId } from '../../model/ids.ts'
import type { Db } from '../database.ts'
import { fromSharedJson, toNumber, toNumberOrNull } from '../rows.ts'

export interface UsageQuery {
  /** undefined: all projects. */
  readonly projectId?: ProjectId | undefined
  readonly fromMs: number
  readonly toMs: number
  /** Begin after this instance. */
  readonly marker?: string | undefined
  readonly limit?: number | undefined
}

export interface InstanceUsage {
  readonly id: InstanceId
  readonly projectId: ProjectId
  readonly name: string
  readonly flavor: Flavor
  readonly vmState: string
  readonly launchedAtMs: number
  readonly terminatedAtMs: number | null
}

type Row = Record<string, unknown>

/** By project, then by id. @returns undefined when the marker is unknown */
export async function listInstanceUsages(db: Db, query: UsageQuery): Promise<readonly InstanceUsage[] | undefined> {
  const { projectId, fromMs, toMs, marker, limit } = query
  const select = db('instances')
    .whereNotNull('launched_at')
    .where('launched_at', '<', toMs)
    .where((late) => late.whereNull('terminated_at').orWhere('terminated_at', '>=', fromMs))
    .orderBy(['project_id', 'id'])
  if (projectId !== undefined) select.where({ project_id: projectId })
  if (marker !== undefined) {
    const last = (await db('instances').where({ id: marker }).first('project_id')) as Row | undefined
    if (last === undefined || (projectId !== undefined && last['project_id'] !== projectId)) return undefined
    select.whereRaw('(project_id, id) > (?, ?)', [last['project_id'] as string, marker])
  }
  if (limit !== undefined) select.limit(limit)
  const columns = ['id', 'project_id', 'name', 'flavor', 'vm_state', 'launched_at', 'terminated_at']
  return ((await select.select(columns)) as Row[]).map((row) => ({
    id: row['id'] as InstanceId,
    projectId: row['project_id'] as ProjectId,
    name: row['name'] as string,
    flavor: fromSharedJson<Flavor>(row['flavor']),
    vmState: row['vm_state'] as string,
    launchedAtMs: toNumber(row['launched_at']),
    terminatedAtMs: toNumberOrNull(row['terminated_at']),
  }))
}
