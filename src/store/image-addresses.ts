/** Addresses under which one agent may fetch one image once, or send one. */
import type { AgentId, ImageId, InstanceId, OperationId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { fromJson, toNumber } from './rows.ts'

type Row = Readonly<Record<string, unknown>>

export interface ImageAddress {
  readonly keyHash: string
  readonly imageId: ImageId
  readonly agentId: AgentId
  readonly expiresAtMs: number
}

/** What of a call to an agent says which image it is about; the rest of it may hold what tenants wrote. */
interface Call {
  readonly method?: string
  readonly imageId?: string
  readonly image?: { readonly imageId: string }
  readonly spec?: { readonly disks: readonly { readonly source: { readonly image?: { readonly imageId: string } } }[] }
}

/** Whether a call to this agent that is not answered yet has a disk made of the image. */
export async function isImageAwaited(db: Db, agentId: AgentId, imageId: ImageId): Promise<boolean> {
  const rows = (await callsNaming(db, imageId).where({ agent_id: agentId }).select('message')) as Row[]
  return rows.some((row) => {
    const { image, spec } = callOf(row)
    return image?.imageId === imageId || spec?.disks.some(({ source }) => source.image?.imageId === imageId) === true
  })
}

export interface SnapshotCall {
  readonly operationId: OperationId
  readonly instanceId: InstanceId
}

/** The call, not answered yet, that asks for the image's bytes. @param agentId whoever it may be without it */
export async function findSnapshotCall(db: Db, imageId: ImageId, agentId?: AgentId): Promise<SnapshotCall | undefined> {
  const query = callsNaming(db, imageId).join('operations', 'operations.id', 'commands.operation_id')
  if (agentId !== undefined) query.where({ agent_id: agentId })
  const rows = (await query.select('message', 'operations.id', 'operations.instance_id')) as Row[]
  const row = rows.find((each) => {
    const call = callOf(each)
    return call.method === 'snapshot' && call.imageId === imageId
  })
  if (row === undefined) return undefined
  return { operationId: row['id'] as OperationId, instanceId: row['instance_id'] as InstanceId }
}

/** Calls without an answer whose text names the image, wherever. */
function callsNaming(db: Db, imageId: ImageId) {
  return db('commands').whereNull('result').where('message', 'like', `%"imageId":"${imageId}"%`)
}

function callOf({ message }: Row): Call {
  return fromJson<{ readonly call: Call }>(message).call
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
