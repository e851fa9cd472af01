/** Calls to agents, one row each: written before the call is sent, answered once. The key makes repeats harmless. */
import type { Knex } from 'knex'
import type { AgentId, HostId, OperationId } from '../model/ids.ts'
import type { Vm } from '../model/instance.ts'
import type { Json } from '../util/json.ts'
import { inTransaction, isPostgres, type Db } from './database.ts'
import type { Lease } from './leases.ts'
import { changeOf, changeOperation, type OperationChanges } from './operations.ts'
import { rawRows, type Binding } from './raw-rows.ts'
import { fromJsonOrNull, toJson, toNumberOrNull } from './rows.ts'
import { recordingOf, recordVm } from './vms.ts'

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

export interface NewCommand {
  readonly key: string
  readonly lease: Lease
  readonly hostId: HostId
  readonly message: Json
  /** What is written of the operation with it. */
  readonly beginning?: OperationChanges | undefined
}

/**
 * Writes a call down for the agent of the host, while its operation is held: one statement, so that nobody can take the
 * operation over in between.
 * @returns whom to send it to; undefined when there is a call of this key already, the host is gone or the lease is lost
 */
export async function insertCommand(db: Db, command: NewCommand, nowMs: number): Promise<AgentId | undefined> {
  const { lease, beginning } = command
  if (beginning === undefined) return insertWhile(db, holdingOf(db, lease), command, nowMs)
  // PostgreSQL is asked once for both.
  if (isPostgres(db)) return insertWhile(db, changeOf(db, lease, beginning, nowMs).returning('id'), command, nowMs)
  return inTransaction(db, async (trx) => {
    if (!(await changeOperation(trx, lease, beginning, nowMs))) return undefined
    return insertWhile(trx, holdingOf(trx, lease), command, nowMs)
  })
}

/** @param held gives the operation's id, or nothing when the lease is lost */
async function insertWhile(
  db: Db,
  held: Knex.QueryBuilder,
  { key, hostId, message }: NewCommand,
  nowMs: number,
): Promise<AgentId | undefined> {
  const { sql, bindings } = held.toSQL()
  const rows = await rawRows(
    db,
    `with held as (${sql})
     insert into commands (key, operation_id, agent_id, message, created_at)
     select cast(? as text), held.id, hosts.agent_id, cast(? as text), cast(? as bigint) from held, hosts
     where hosts.id = ? on conflict (key) do nothing returning agent_id`,
    [...(bindings as readonly Binding[]), key, toJson(message), nowMs, hostId],
  )
  return rows[0]?.['agent_id'] as AgentId | undefined
}

/**
 * Stores the first answer of the agent that was asked; others change nothing. Together with what it saw of the VM
 * meanwhile: whoever finds the answer finds that too.
 * @returns whether this was the first
 */
export async function answerCommand(
  db: Db,
  answer: { key: string; agentId: AgentId; result: Json; vm?: Vm | undefined },
  nowMs: number,
): Promise<boolean> {
  const { key, agentId, vm } = answer
  const store = (trx: Db): Knex.QueryBuilder<object, unknown[]> =>
    trx('commands')
      .where({ key, agent_id: agentId })
      .whereNull('result')
      .update({ result: toJson(answer.result), finished_at: nowMs })
      .returning('key')
  if (vm === undefined) return (await store(db)).length === 1
  if (isPostgres(db)) {
    const recording = recordingOf(agentId, vm)
    const storing = store(db).toSQL()
    const sql = `with vm as (${recording.sql}) ${storing.sql}`
    return (await rawRows(db, sql, [...recording.bindings, ...(storing.bindings as readonly Binding[])])).length === 1
  }
  return inTransaction(db, async (trx) => {
    await recordVm(trx, agentId, vm)
    return (await store(trx)).length === 1
  })
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

/** Nobody takes the operation over before the statement ends. */
function holdingOf(db: Db, { operationId, epoch }: Lease): Knex.QueryBuilder {
  return db('operations').where({ id: operationId, lease_epoch: epoch }).forShare().select('id')
}
