/** Addresses under which one agent may fetch one image once, or send one. */
import type { AgentId, ImageId, InstanceId, OperationId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { toNumber } from './rows.ts'

export interface ImageAddress {
  readonly keyHash: string
  readonly imageId: ImageId
  readonly agentId: AgentId
  readonly expiresAtMs: number
}

/** Whether a call to this agent that is not answered yet speaks of the image. */
export async function isImageAwaited(db: Db, agentId: AgentId, imageId: ImageId): Promise<boolean> {
  const row: unknown = await db('commands')
    .where({ agent_id: agentId })
    .whereNull('result')
    .where('message', 'like', `%"imageId":"${imageId}"%`)
    .first('key')
  return row !== undefined
}

export interface SnapshotCall {
  readonly operationId: OperationId
  readonly instanceId: InstanceId
}

/** The call, not answered yet, that asks for the image's bytes. @param agentId whoever it may be without it */
export async function findSnapshotCall(db: Db, imageId: ImageId, agentId?: AgentId): Promise<SnapshotCall | undefined> {
  const row = (await db('commands')
    .join('operations', 'operations.id', 'commands.operation_id')
    .whereNull('commands.result')
    .where(agentId === undefined ? {} : { 'commands.agent_id': agentId })
    .where('commands.message', 'like', '%"method":"snapshot"%')
    .where('commands.message', 'like', `%"imageId":"${imageId}"%`)
    .first('operations.id', 'operations.instance_id')) as { id: OperationId; instance_id: InstanceId } | undefined
  return row === undefined ? undefined : { operationId: row.id, instanceId: row.instance_id }
}

/** Forgets on the way what nobody fetched in time. */
export async function insertImageAddress(db: Db, address: ImageAddress, nowMs: number): Promise<void> {
  await db('image_addresses').where('expires_at', '<', nowMs).delete()
  await db('image_addresses').insert({
    key_hash: address.keyHash,
    image_id: address.imageId,
    agent_id: address.agentId,
    expires_at: address.expiresAtMs,
  })
}

/** Uses the address up. @returns undefined when it was used already, or came too late */
export async function takeImageAddress(
  db: Db,
  keyHash: string,
  nowMs: number,
): Promise<{ readonly imageId: ImageId; readonly agentId: AgentId } | undefined> {
  const row = (await db('image_addresses').where({ key_hash: keyHash }).first('image_id', 'agent_id', 'expires_at')) as
    { image_id: ImageId; agent_id: AgentId; expires_at: unknown } | undefined
  if (row === undefined) return undefined
  const isMine = (await db('image_addresses').where({ key_hash: keyHash }).delete()) === 1
  return isMine && toNumber(row.expires_at) >= nowMs ? { imageId: row.image_id, agentId: row.agent_id } : undefined
}
