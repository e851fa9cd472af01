/** Operations for readers. */
import type { ProjectId } from '../../model/ids.ts'
import type { Operation, OperationStatus } from '../../model/operation.ts'
import type { Db } from '../database.ts'
import { afterMarker } from '../keyset.ts'
import { toOperation } from '../operations.ts'

export interface OperationQuery {
  /** undefined: all projects. */
  readonly projectId?: ProjectId | undefined
  readonly instanceId?: string | undefined
  readonly status?: OperationStatus | undefined
  readonly requestId?: string | undefined
  /** Of these kinds only. */
  readonly kinds?: readonly string[] | undefined
  readonly changedSinceMs?: number | undefined
  readonly changedBeforeMs?: number | undefined
  readonly limit: number
  readonly marker?: string | undefined
}

type Row = Record<string, unknown>

const newestFirst = [
  { expression: 'created_at', descending: true },
  { expression: 'id', descending: true },
] as const

export async function listOperations(db: Db, query: OperationQuery): Promise<readonly Operation[] | undefined> {
  const select = db('operations')
  if (query.projectId !== undefined) select.where('project_id', query.projectId)
  if (query.instanceId !== undefined) select.where('instance_id', query.instanceId)
  if (query.status !== undefined) select.where('status', query.status)
  if (query.requestId !== undefined) select.where('request_id', query.requestId)
  if (query.kinds !== undefined) select.whereIn('kind', query.kinds)
  if (query.changedSinceMs !== undefined) select.where('updated_at', '>=', query.changedSinceMs)
  if (query.changedBeforeMs !== undefined) select.where('updated_at', '<=', query.changedBeforeMs)
  if (query.marker !== undefined) {
    const known = db('operations').where({ id: query.marker })
    // Another project's is as unknown as none.
    if (query.projectId !== undefined) known.where('project_id', query.projectId)
    const last = (await known.first('created_at', 'id')) as Row | undefined
    if (last === undefined) return undefined
    afterMarker(select, newestFirst, [last['created_at'] as number, last['id'] as string])
  }
  const rows = (await select
    .orderBy(newestFirst.map(({ expression }) => ({ column: expression, order: 'desc' })))
    .limit(query.limit)) as Row[]
  return rows.map(toOperation)
}
