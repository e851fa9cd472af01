/** Tokens with which consoles of instances are opened. Of the token itself only the hash is here. */
import type { ConsoleKind } from '../model/console.ts'
import type { InstanceId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { toNumber } from './rows.ts'

export interface ConsoleToken {
  readonly tokenHash: string
  readonly instanceId: InstanceId
  readonly kind: ConsoleKind
  readonly usesLeft: number
  readonly expiresAtMs: number
}

/** Forgets on the way those that have expired. */
export async function insertConsoleToken(db: Db, token: ConsoleToken, nowMs: number): Promise<void> {
  await db('console_tokens').where('expires_at', '<', nowMs).delete()
  await db('console_tokens').insert({
    token_hash: token.tokenHash,
    instance_id: token.instanceId,
    kind: token.kind,
    uses_left: token.usesLeft,
    expires_at: token.expiresAtMs,
  })
}

/** @returns undefined when there is none, it has expired or is used up */
export async function findConsoleToken(db: Db, tokenHash: string, nowMs: number): Promise<ConsoleToken | undefined> {
  const row = (await db('console_tokens').where({ token_hash: tokenHash }).first()) as
    | { token_hash: string; instance_id: InstanceId; kind: ConsoleKind; uses_left: unknown; expires_at: unknown }
    | undefined
  if (row === undefined) return undefined
  const { token_hash, instance_id: instanceId, kind } = row
  const [usesLeft, expiresAtMs] = [toNumber(row.uses_left), toNumber(row.expires_at)]
  if (usesLeft < 1 || expiresAtMs < nowMs) return undefined
  return { tokenHash: token_hash, instanceId, kind, usesLeft, expiresAtMs }
}

/** @returns false when somebody else used it up meanwhile */
export async function useConsoleToken(db: Db, tokenHash: string): Promise<boolean> {
  const mine = db('console_tokens').where({ token_hash: tokenHash }).where('uses_left', '>', 0)
  return (await mine.decrement('uses_left', 1)) === 1
}
