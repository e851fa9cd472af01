/** Calls to agents, one row each: written before the call is sent, answered once. The key makes repeats harmless. */
import type { AgentId, OperationId } from '../model/ids.ts'
import type { Json } from '../util/json.ts'
import type { Db } from './database.ts'
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

/** @returns false when there is one with this key already */
export async function insertCommand(
  db: Db,
  command: { key: string; operationId: OperationId; agentId: AgentId; message: Json },
  nowMs: number,
): Promise<boolean> {
  const rows = (await db('commands')
    .insert({
      key: command.key,
      operation_id: command.operationId,
      agent_id: command.agentId,
      message: toJson(command.message),
      created_at: nowMs,
    })
    .onConflict('key')
    .ignore()
    .returning('key')) as Row[]
  return rows.length > 0
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
