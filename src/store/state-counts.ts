/** How many there are of what, in which state: one grouped query each, for metrics. */
import { openOperationStatuses } from '../model/operation.ts'
import type { Db } from './database.ts'
import { toBoolean, toNumber } from './rows.ts'

type Row = Record<string, unknown>

export async function countHosts(
  db: Db,
): Promise<readonly { up: boolean; healthy: boolean; enabled: boolean; count: number }[]> {
  const rows = (await db('hosts')
    .select('up', 'healthy', 'enabled')
    .count({ count: '*' })
    .groupBy('up', 'healthy', 'enabled')) as Row[]
  return rows.map((row) => ({
    up: toBoolean(row['up']),
    healthy: toBoolean(row['healthy']),
    enabled: toBoolean(row['enabled']),
    count: toNumber(row['count']),
  }))
}

export async function countInstances(
  db: Db,
): Promise<readonly { vmState: string; taskState: string | null; count: number }[]> {
  const rows = (await db('instances')
    .whereNull('deleted_at')
    .select('vm_state', 'task_state')
    .count({ count: '*' })
    .groupBy('vm_state', 'task_state')) as Row[]
  return rows.map((row) => ({
    vmState: row['vm_state'] as string,
    taskState: row['task_state'] as string | null,
    count: toNumber(row['count']),
  }))
}

export async function countOpenOperations(db: Db): Promise<readonly { kind: string; status: string; count: number }[]> {
  const rows = (await db('operations')
    .whereIn('status', openOperationStatuses)
    .select('kind', 'status')
    .count({ count: '*' })
    .groupBy('kind', 'status')) as Row[]
  return rows.map((row) => ({
    kind: row['kind'] as string,
    status: row['status'] as string,
    count: toNumber(row['count']),
  }))
}
