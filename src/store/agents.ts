/** Agents and their incarnations: each start of an agent gets a higher number, and older ones are not listened to. */
import type { Agent } from '../model/agent.ts'
import type { AgentId, HostId } from '../model/ids.ts'
import { inTransaction, type Db } from './database.ts'
import { toBoolean, toNumber } from './rows.ts'

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

/** An agent that enrolled and has not started yet. */
export async function insertAgent(
  db: Db,
  agent: { readonly id: AgentId; readonly name: string; readonly tokenHash: string },
  nowMs: number,
): Promise<void> {
  await db('agents').insert({
    id: agent.id,
    name: agent.name,
    token_hash: agent.tokenHash,
    incarnation: 0,
    last_seen_at: nowMs,
    created_at: nowMs,
  })
}

export async function findAgentByToken(db: Db, tokenHash: string): Promise<AgentId | undefined> {
  const row = (await db('agents').where({ token_hash: tokenHash }).first('id')) as { id: AgentId } | undefined
  return row?.id
}

/** By name. */
export async function listAgents(db: Db): Promise<readonly Agent[]> {
  const rows = (await db('agents').orderBy(['name', 'id'])) as Record<string, unknown>[]
  const hosts = (await db('hosts').orderBy(['name', 'id']).select('id', 'name', 'up', 'agent_id')) as Record<
    string,
    unknown
  >[]
  const byAgent = Map.groupBy(hosts, (host) => host['agent_id'])
  return rows.map((row) => ({
    id: row['id'] as AgentId,
    name: row['name'] as string,
    isEnrolled: row['token_hash'] !== null,
    lastSeenAtMs: toNumber(row['last_seen_at']),
    createdAtMs: toNumber(row['created_at']),
    hosts: (byAgent.get(row['id']) ?? []).map((host) => ({
      id: host['id'] as HostId,
      name: host['name'] as string,
      up: toBoolean(host['up']),
    })),
  }))
}

/**
 * Forgets the agent and its hosts, unless instances are there.
 * @returns how many instances are in the way; undefined when there is no such agent
 */
export async function deleteAgent(db: Db, id: AgentId): Promise<number | undefined> {
  return inTransaction(db, async (trx) => {
    if ((await trx('agents').where({ id }).first('id')) === undefined) return undefined
    const hosts = trx('hosts').where({ agent_id: id }).select('id')
    const { count } = (await trx('allocations').whereIn('host_id', hosts).count({ count: '*' }).first()) as {
      count: unknown
    }
    if (toNumber(count) > 0) return toNumber(count)
    await trx('vms').whereIn('host_id', hosts).delete()
    await trx('hosts').where({ agent_id: id }).delete()
    await trx('image_addresses').where({ agent_id: id }).delete()
    await trx('agents').where({ id }).delete()
    return 0
  })
}
