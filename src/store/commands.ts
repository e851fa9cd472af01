/** Calls to agents, one row each: written before the call is sent, answered once. The key makes repeats harmless. */
import type { AgentId, HostId, OperationId } from '../model/ids.ts'
import type { Json } from '../util/json.ts'
import { isPostgres, type Db } from './database.ts'
import type { Lease } from './leases.ts'
import { rawRows } from './raw-rows.ts'
import { fromJsonOrNull, toJson, toNumberOrNull } from './rows.ts'

export interface CommandRecord {
  readonly key: string
  readonly operationId: OperationId
  readonly agentId: AgentId
  readonly message: Json
  /** null until the answer came. */
  readonly result: Json
  readonly finishedAtMs: number | null
}

type Row = Record<string, unknown>

export async function findCommand(db: Db, key: string): Promise<CommandRecord | undefined> {
  const row = (await db('commands').where({ key }).first()) as Row | undefined
  return row === undefined ? undefined : toCommand(row)
}

/**
 * Writes a call down for the agent of the host, while its operation is held: one statement, so that nobody can take the
 * operation over in between.
 * @returns whom to send it to; undefined when there is a call of this key already, the host is gone or the lease is lost
 */
export async function insertCommand(
  db: Db,
  command: { key: string; lease: Lease; hostId: HostId; message: Json },
  nowMs: number,
): Promise<AgentId | undefined> {
  const { key, lease, hostId, message } = command
  const rows = await rawRows(
    db,
    `insert into commands (key, operation_id, agent_id, message, created_at)
     select cast(? as text), operations.id, hosts.agent_id, cast(? as text), cast(? as bigint) from operations, hosts
     where operations.id = ? and operations.lease_epoch = ? and hosts.id = ?${isPostgres(db) ? ' for share of operations' : ''}
     on conflict (key) do nothing returning agent_id`,
    [key, toJson(message), nowMs, lease.operationId, lease.epoch, hostId],
  )
  return rows[0]?.['agent_id'] as AgentId | undefined
}

/** Stores the first answer of the agent that was asked; others change nothing. @returns whether this was the first */
export async function answerCommand(
  db: Db,
  answer: { key: string; agentId: AgentId; result: Json },
  nowMs: number,
): Promise<boolean> {
  const { key, agentId } = answer
  const changed = await db('commands')
    .where({ key, agent_id: agentId })
    .whereNull('result')
    .update({ result: toJson(answer.result), finished_at: nowMs })
  return changed === 1
}

/** @returns those of the keys whose calls are still without an answer */
export async function listUnanswered(db: Db, keys: readonly string[]): Promise<readonly string[]> {
  const rows = (await db('commands').whereIn('key', keys).whereNull('result').select('key')) as Row[]
  return rows.map((row) => row['key'] as string)
}

/** Forgets the calls of an operation that is over. */
export async function deleteCommands(db: Db, operationId: OperationId): Promise<void> {
  await db('commands').where({ operation_id: operationId }).delete()
}

function toCommand(row: Row): CommandRecord {
  return {
    key: row['key'] as string,
    operationId: row['operation_id'] as OperationId,
    agentId: row['agent_id'] as AgentId,
    message: fromJsonOrNull<Json>(row['message']),
    result: fromJsonOrNull<Json>(row['result']),
    finishedAtMs: toNumberOrNull(row['finished_at']),
  }
}
