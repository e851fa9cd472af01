/** Agents and their incarnations: each start of an agent gets a higher number, and older ones are not listened to. */
import type { AgentId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { toNumber } from './rows.ts'

/**
 * Registers a start of the agent; the same start, heard of again by whichever conductor, is the same incarnation.
 * @returns its incarnation, 1 for the first
 */
export async function registerAgent(
  db: Db,
  id: AgentId,
  start: { readonly name: string; readonly startId: string },
  nowMs: number,
): Promise<number> {
  const { name, startId } = start
  const rows = (await db('agents')
    .insert({ id, name, start_id: startId, incarnation: 1, last_seen_at: nowMs, created_at: nowMs })
    .onConflict('id')
    .merge({
      name,
      incarnation: db.raw('agents.incarnation + case when agents.start_id = ? then 0 else 1 end', [startId]),
      start_id: startId,
      last_seen_at: nowMs,
    })
    .returning('incarnation')) as { incarnation: number }[]
  return toNumber(rows[0]?.incarnation)
}

/** @returns false when `incarnation` is not the agent's newest */
export async function touchAgent(db: Db, id: AgentId, incarnation: number, nowMs: number): Promise<boolean> {
  const changed = await db('agents').where({ id, incarnation }).update({ last_seen_at: nowMs })
  return changed === 1
}
