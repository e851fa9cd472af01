/** Whether hosts passed their smoke test: each test is begun by one conductor, by compare-and-set. */
import type { HostId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { toNumber } from './rows.ts'

/** Hosts that are well and wait for their test, or failed it before `failedBeforeMs`. */
export async function listHostsToTest(db: Db, failedBeforeMs: number): Promise<readonly HostId[]> {
  const rows = (await db('hosts')
    .where({ up: true, healthy: true })
    .where((wanted) =>
      wanted
        .where('smoke_test', 'pending')
        .orWhere((failed) => failed.where('smoke_test', 'failed').where('smoke_tested_at', '<', failedBeforeMs)),
    )
    .select('id')) as { id: string }[]
  return rows.map((row) => row.id as HostId)
}

/** Wants the host tested (again). @returns false when there is no such host; one whose test is under way is left to it */
export async function requestSmokeTest(db: Db, id: HostId, nowMs: number): Promise<boolean> {
  const rested = db('hosts').where({ id }).whereIn('smoke_test', ['passed', 'failed'])
  if ((await rested.update({ smoke_test: 'pending', updated_at: nowMs })) === 1) return true
  return (await db('hosts').where({ id }).first('id')) !== undefined
}

/** @returns false when somebody else began it, or it is not wanted any more */
export async function beginSmokeTest(db: Db, id: HostId, nowMs: number): Promise<boolean> {
  const changed = await db('hosts')
    .where({ id })
    .whereIn('smoke_test', ['pending', 'failed'])
    .update({ smoke_test: 'running', updated_at: nowMs })
  return changed === 1
}

/** @param message why it failed */
export async function endSmokeTest(
  db: Db,
  id: HostId,
  end: { readonly state: 'passed' | 'failed'; readonly message: string },
  nowMs: number,
): Promise<void> {
  await db('hosts')
    .where({ id })
    .update({ smoke_test: end.state, smoke_test_message: end.message, smoke_tested_at: nowMs, updated_at: nowMs })
}

/** How many hosts that are well are not through their first test yet. */
export async function countUntestedHosts(db: Db): Promise<number> {
  const row = (await db('hosts')
    .where({ up: true, healthy: true })
    .whereIn('smoke_test', ['pending', 'running'])
    .count({ count: '*' })
    .first()) as { count: unknown } | undefined
  return toNumber(row?.count ?? 0)
}
