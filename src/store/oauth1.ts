/** Rows of `oauth1_consumers`, `oauth1_tokens`, their roles, and nonces. Secrets go in and out sealed. */
import type { Role } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { AccessToken, Consumer, RequestToken } from '../model/oauth1.ts'
import type { Db } from './database.ts'
import { toRole, type RoleRow } from './roles.ts'
import { isUniqueViolation } from './unique-violation.ts'

interface ConsumerRow extends Consumer {
  readonly sealed_secret: string
}

interface TokenRow {
  readonly id: string
  readonly kind: 'request' | 'access'
  readonly consumer_id: string
  readonly project_id: ProjectId
  readonly user_id: UserId | null
  readonly sealed_secret: string
  readonly verifier_hash: string | null
  readonly expires_at: number | string
}

const consumers = (db: Db) => db<ConsumerRow>('oauth1_consumers')
const tokens = (db: Db) => db<TokenRow>('oauth1_tokens')

export async function insertConsumer(db: Db, consumer: Consumer, sealedSecret: string, nowMs: number): Promise<void> {
  await db('oauth1_consumers').insert({ ...consumer, sealed_secret: sealedSecret, created_at: nowMs })
}

export async function findConsumer(db: Db, id: string): Promise<Consumer | undefined> {
  return consumers(db).where({ id }).first('id', 'description')
}

export async function findConsumerSecret(db: Db, id: string): Promise<string | undefined> {
  return (await consumers(db).where({ id }).first('sealed_secret'))?.sealed_secret
}

/** Oldest first. */
export async function listConsumers(db: Db): Promise<Consumer[]> {
  return consumers(db).select('id', 'description').orderBy(['created_at', 'id'])
}

/** @returns false when there is no such consumer. */
export async function updateConsumer(db: Db, { id, description }: Consumer): Promise<boolean> {
  return (await consumers(db).where({ id }).update({ description })) > 0
}

/** With its tokens. @returns false when there is no such consumer. */
export async function deleteConsumer(db: Db, id: string): Promise<boolean> {
  return (await consumers(db).where({ id }).delete()) > 0
}

/** Outside of a transaction. @returns false when it was used before */
export async function useNonce(db: Db, consumerId: string, nonce: string, timestampS: number): Promise<boolean> {
  try {
    await db('oauth1_nonces').insert({ consumer_id: consumerId, nonce, timestamp_s: timestampS })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

export async function insertRequestToken(db: Db, token: RequestToken, sealed: string, nowMs: number): Promise<void> {
  await db('oauth1_tokens').insert({ ...rowOf(token, 'request', sealed), created_at: nowMs })
}

/** Inside a transaction. */
export async function insertAccessToken(trx: Db, token: AccessToken, sealed: string, nowMs: number): Promise<void> {
  await trx('oauth1_tokens').insert({ ...rowOf(token, 'access', sealed), user_id: token.userId, created_at: nowMs })
  await insertRoles(trx, token.id, token.roles)
}

/** What a request token is judged by. */
export interface KnownRequestToken extends RequestToken {
  readonly sealedSecret: string
  /** Of the one who authorised it. */
  readonly userId: UserId | null
  readonly verifierHash: string | null
}

export async function findRequestToken(db: Db, id: string, nowMs: number): Promise<KnownRequestToken | undefined> {
  const row = await tokens(db).where({ id, kind: 'request' }).where('expires_at', '>', nowMs).first()
  if (row === undefined) return undefined
  const { user_id: userId, verifier_hash: verifierHash, sealed_secret: sealedSecret } = row
  return { ...toToken(row), userId, verifierHash, sealedSecret }
}

/** Inside a transaction, once. @returns false when it is gone, or was authorised before */
export async function authoriseRequestToken(
  trx: Db,
  id: string,
  { userId, verifierHash, roles }: { userId: UserId; verifierHash: string; roles: readonly Role[] },
): Promise<boolean> {
  const given = { user_id: userId, verifier_hash: verifierHash }
  if ((await tokens(trx).where({ id, kind: 'request' }).whereNull('user_id').update(given)) === 0) return false
  await insertRoles(trx, id, roles)
  return true
}

export async function findAccessToken(
  db: Db,
  id: string,
  nowMs: number,
): Promise<(AccessToken & { readonly sealedSecret: string }) | undefined> {
  const row = await tokens(db).where({ id, kind: 'access' }).where('expires_at', '>', nowMs).first()
  return row === undefined ? undefined : toAccessToken(db, row)
}

/** Oldest first. */
export async function listAccessTokens(db: Db, userId: string, nowMs: number): Promise<AccessToken[]> {
  const query = tokens(db).where({ kind: 'access', user_id: userId as UserId })
  const found: AccessToken[] = []
  for (const row of await query.where('expires_at', '>', nowMs).orderBy(['created_at', 'id'])) {
    const { sealedSecret: _sealed, ...token } = await toAccessToken(db, row)
    found.push(token)
  }
  return found
}

export async function rolesOfOAuthToken(db: Db, id: string): Promise<Role[]> {
  const roleIds = db('oauth1_token_roles').where({ token_id: id }).select('role_id')
  return (await db<RoleRow>('roles').whereIn('id', roleIds).orderBy('name')).map(toRole)
}

/** With what was made of it. @returns false when there is no such token (any more) */
export async function deleteOAuthToken(db: Db, id: string): Promise<boolean> {
  return (await tokens(db).where({ id }).delete()) > 0
}

export async function deleteExpiredOAuthTokens(db: Db, nowMs: number, nonceMs: number): Promise<void> {
  await tokens(db).where('expires_at', '<=', nowMs).delete()
  await db('oauth1_nonces')
    .where('timestamp_s', '<', Math.floor((nowMs - nonceMs) / 1000))
    .delete()
}

async function insertRoles(trx: Db, tokenId: string, roles: readonly Role[]): Promise<void> {
  await trx('oauth1_token_roles').insert(roles.map(({ id }) => ({ token_id: tokenId, role_id: id })))
}

function rowOf({ id, consumerId, projectId, expiresAtMs }: RequestToken, kind: TokenRow['kind'], sealed: string) {
  return {
    id,
    kind,
    consumer_id: consumerId,
    project_id: projectId,
    sealed_secret: sealed,
    expires_at: expiresAtMs,
  }
}

function toToken(row: TokenRow): RequestToken {
  return {
    id: row.id,
    consumerId: row.consumer_id,
    projectId: row.project_id,
    expiresAtMs: Number(row.expires_at),
  }
}

async function toAccessToken(db: Db, row: TokenRow): Promise<AccessToken & { readonly sealedSecret: string }> {
  return {
    ...toToken(row),
    // Access tokens are made of authorised ones alone.
    userId: row.user_id ?? ('' as UserId),
    roles: await rolesOfOAuthToken(db, row.id),
    sealedSecret: row.sealed_secret,
  }
}
