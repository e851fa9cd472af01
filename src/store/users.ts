/** Rows of `users`. The password's hash leaves this file only through `findCredentials`. */
import type { User, UserOptions } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { UserReference } from '../model/token.ts'
import type { JsonObject } from '../util/json.ts'
import type { Db } from './database.ts'
import { fromJson, toJson, toNumberOrNull } from './rows.ts'

export interface UserRow {
  readonly id: string
  readonly domain_id: string
  readonly name: string
  readonly description: string | null
  readonly email: string | null
  readonly default_project_id: string | null
  readonly password_hash: string | null
  readonly failed_logins: number
  readonly failed_login_at: number | string | null
  readonly password_changed_at: number | string | null
  readonly enabled: number | boolean
  readonly options: string
  readonly extra: string
  readonly created_at: number | string
}

export interface UserFilter {
  readonly name?: string
  readonly domainId?: string
  readonly enabled?: boolean
}

export type UserChanges = Partial<
  Pick<User, 'name' | 'description' | 'email' | 'defaultProjectId' | 'enabled' | 'options' | 'extra'>
>

export interface Credentials {
  readonly user: User
  /** null: this user cannot log in with a password. */
  readonly passwordHash: string | null
  readonly domainEnabled: boolean
  /** Wrong passwords in a row, and when the last of them was. */
  readonly failedLogins: number
  readonly failedLoginAtMs: number | null
}

const table = (db: Db) => db<UserRow>('users')

export async function insertUser(db: Db, user: User, passwordHash: string | null): Promise<void> {
  await table(db).insert({
    id: user.id,
    domain_id: user.domainId,
    name: user.name,
    description: user.description,
    email: user.email,
    default_project_id: user.defaultProjectId,
    password_hash: passwordHash,
    password_changed_at: passwordHash === null ? null : user.createdAtMs,
    enabled: user.enabled,
    options: toJson(user.options),
    extra: toJson(user.extra),
    created_at: user.createdAtMs,
  })
}

export async function findUser(db: Db, id: string): Promise<User | undefined> {
  const row = await table(db).where({ id }).first()
  return row === undefined ? undefined : toUser(row)
}

export async function findUserByName(db: Db, domainId: string, name: string): Promise<User | undefined> {
  const row = await table(db).where({ domain_id: domainId, name }).first()
  return row === undefined ? undefined : toUser(row)
}

export async function findCredentials(db: Db, reference: UserReference): Promise<Credentials | undefined> {
  const query = db('users')
    .join('domains', 'domains.id', 'users.domain_id')
    .select('users.*', 'domains.enabled as domain_enabled')
  if ('id' in reference) query.where('users.id', reference.id)
  else {
    query.where('users.name', reference.name)
    if ('id' in reference.domain) query.where('domains.id', reference.domain.id)
    else query.where('domains.name', reference.domain.name)
  }
  const row = (await query.first()) as (UserRow & { domain_enabled: number | boolean }) | undefined
  if (row === undefined) return undefined
  return {
    user: toUser(row),
    passwordHash: row.password_hash,
    domainEnabled: Boolean(row.domain_enabled),
    failedLogins: row.failed_logins,
    failedLoginAtMs: toNumberOrNull(row.failed_login_at),
  }
}

export async function listUsers(db: Db, filter: UserFilter = {}): Promise<User[]> {
  const query = table(db).orderBy('name')
  if (filter.name !== undefined) query.where('name', filter.name)
  if (filter.domainId !== undefined) query.where('domain_id', filter.domainId)
  if (filter.enabled !== undefined) query.where('enabled', filter.enabled)
  return (await query).map(toUser)
}

/** @returns false when there is no such user. */
export async function updateUser(db: Db, id: UserId, changes: UserChanges): Promise<boolean> {
  const { defaultProjectId, options, extra, ...rest } = changes
  const columns = {
    ...rest,
    ...(defaultProjectId === undefined ? {} : { default_project_id: defaultProjectId }),
    ...(options === undefined ? {} : { options: toJson(options) }),
    ...(extra === undefined ? {} : { extra: toJson(extra) }),
  }
  return (await table(db).where({ id }).update(columns)) > 0
}

/** Inside a transaction: the user neither goes nor gets another password before that ends. */
export async function holdUser(trx: Db, id: UserId): Promise<void> {
  await trx('users').where({ id }).forShare().first('id')
}

/** Inside a transaction: as `holdUser`, and one at a time. */
export async function lockUser(trx: Db, id: UserId): Promise<void> {
  await trx('users').where({ id }).forNoKeyUpdate().first('id')
}

/** Wrong passwords are forgotten with it. */
export async function setPasswordHash(db: Db, id: UserId, passwordHash: string, changedAtMs: number): Promise<void> {
  await table(db)
    .where({ id })
    .update({ password_hash: passwordHash, password_changed_at: changedAtMs, ...noFailedLogins })
}

const noFailedLogins = { failed_logins: 0, failed_login_at: null }

/** @param sinceMs failures that ended before are forgotten */
export async function countFailedLogin(db: Db, id: UserId, nowMs: number, sinceMs: number): Promise<void> {
  const failures = db.raw('case when failed_login_at <= ? then 1 else failed_logins + 1 end', [sinceMs])
  await db('users').where({ id }).update({ failed_logins: failures, failed_login_at: nowMs })
}

export async function clearFailedLogins(db: Db, id: UserId): Promise<void> {
  await table(db).where({ id }).update(noFailedLogins)
}

/** Takes the user's tokens and role assignments along. @returns false when there is no such user. */
export async function deleteUser(db: Db, id: UserId): Promise<boolean> {
  return (await table(db).where({ id }).delete()) > 0
}

export function toUser(row: UserRow): User {
  return {
    id: row.id as UserId,
    domainId: row.domain_id,
    name: row.name,
    description: row.description,
    email: row.email,
    defaultProjectId: row.default_project_id as ProjectId | null,
    enabled: Boolean(row.enabled),
    options: fromJson<UserOptions>(row.options),
    extra: fromJson<JsonObject>(row.extra),
    createdAtMs: Number(row.created_at),
  }
}
