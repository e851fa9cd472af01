/** Rows of `application_credentials` and `application_credential_roles`. The secret's hash leaves through `findSecret` only. */
import type { AccessRule, ApplicationCredential } from '../model/application-credential.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { ApplicationCredentialReference } from '../model/token.ts'
import { linkAccessRules, listAccessRulesOf } from './access-rules.ts'
import type { Db } from './database.ts'
import { toRole, type RoleRow } from './roles.ts'
import { toNumberOrNull } from './rows.ts'
import { findCredentials } from './users.ts'

interface CredentialRow {
  readonly id: string
  readonly user_id: string
  readonly project_id: string
  readonly name: string
  readonly description: string | null
  readonly expires_at_us: number | string | null
  readonly unrestricted: number | boolean
  readonly has_access_rules: number | boolean
}

export interface CredentialFilter {
  readonly userId: string
  readonly name?: string
}

const table = (db: Db) => db<CredentialRow>('application_credentials')
const columns = [
  'id',
  'user_id',
  'project_id',
  'name',
  'description',
  'expires_at_us',
  'unrestricted',
  'has_access_rules',
] as const

/** Inside a transaction. Access rules that the user has already are not made twice. */
export async function insertApplicationCredential(
  trx: Db,
  credential: ApplicationCredential,
  secretHash: string,
  nowMs: number,
): Promise<void> {
  await trx('application_credentials').insert({
    id: credential.id,
    user_id: credential.userId,
    project_id: credential.projectId,
    name: credential.name,
    description: credential.description,
    secret_hash: secretHash,
    expires_at_us: credential.expiresAtUs,
    unrestricted: credential.unrestricted,
    has_access_rules: credential.accessRules !== null,
    created_at: nowMs,
  })
  if (credential.roles.length > 0) {
    const rows = credential.roles.map(({ id }) => ({ application_credential_id: credential.id, role_id: id }))
    await trx('application_credential_roles').insert(rows)
  }
  await linkAccessRules(trx, credential.id, credential.userId, credential.accessRules ?? [])
}

export async function findApplicationCredential(
  db: Db,
  userId: string,
  id: string,
): Promise<ApplicationCredential | undefined> {
  const row = await table(db)
    .where({ id, user_id: userId })
    .first(...columns)
  return row === undefined ? undefined : toCredential(db, row)
}

/** By name. */
export async function listApplicationCredentials(db: Db, filter: CredentialFilter): Promise<ApplicationCredential[]> {
  const query = table(db).where({ user_id: filter.userId }).orderBy('name')
  if (filter.name !== undefined) query.where({ name: filter.name })
  const found: ApplicationCredential[] = []
  for (const row of await query.select(...columns)) found.push(await toCredential(db, row))
  return found
}

/** @returns false when there is no such credential. */
export async function deleteApplicationCredential(db: Db, userId: string, id: string): Promise<boolean> {
  return (await table(db).where({ id, user_id: userId }).delete()) > 0
}

export interface CredentialSecret {
  readonly id: string
  readonly userId: UserId
  readonly projectId: ProjectId
  readonly secretHash: string
  readonly expiresAtUs: number | null
  readonly userEnabled: boolean
  readonly domainEnabled: boolean
}

/** What a login with it is judged by. */
export async function findSecret(
  db: Db,
  reference: ApplicationCredentialReference,
): Promise<CredentialSecret | undefined> {
  const query = db('application_credentials as c')
    .join('users as u', 'u.id', 'c.user_id')
    .join('domains as d', 'd.id', 'u.domain_id')
    .select('c.*', 'u.enabled as user_enabled', 'd.enabled as domain_enabled')
  if ('id' in reference) query.where('c.id', reference.id)
  else {
    const user = (await findCredentials(db, reference.user))?.user
    if (user === undefined) return undefined
    query.where({ 'c.user_id': user.id, 'c.name': reference.name })
  }
  const row = (await query.first()) as
    (CredentialRow & { secret_hash: string; user_enabled: unknown; domain_enabled: unknown }) | undefined
  if (row === undefined) return undefined
  return {
    id: row.id,
    userId: row.user_id as UserId,
    projectId: row.project_id as ProjectId,
    secretHash: row.secret_hash,
    expiresAtUs: toNumberOrNull(row.expires_at_us),
    userEnabled: Boolean(row.user_enabled),
    domainEnabled: Boolean(row.domain_enabled),
  }
}

/** Whose roles are what. Without a filter all of them. */
export interface CredentialRoles {
  readonly id: string
  readonly userId: string
  readonly projectId: ProjectId
  readonly roleIds: readonly string[]
}

export async function listCredentialRoles(
  db: Db,
  filter: { readonly userIds: readonly string[] } | { readonly roleIds: readonly string[] },
): Promise<CredentialRoles[]> {
  const query = db('application_credentials as c')
    .join('application_credential_roles as r', 'r.application_credential_id', 'c.id')
    .select('c.id', 'c.user_id', 'c.project_id', 'r.role_id')
  if ('userIds' in filter) query.whereIn('c.user_id', [...filter.userIds])
  else {
    const having = db('application_credential_roles').whereIn('role_id', [...filter.roleIds])
    query.whereIn('c.id', having.select('application_credential_id'))
  }
  const rows = (await query) as { id: string; user_id: string; project_id: string; role_id: string }[]
  const found = new Map<string, CredentialRoles>()
  for (const { id, user_id: userId, project_id: projectId, role_id: roleId } of rows) {
    const roleIds = [...(found.get(id)?.roleIds ?? []), roleId]
    found.set(id, { id, userId, projectId: projectId as ProjectId, roleIds })
  }
  return [...found.values()]
}

export async function deleteApplicationCredentials(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await db('application_credentials')
      .whereIn('id', [...ids])
      .delete()
}

async function toCredential(db: Db, row: CredentialRow): Promise<ApplicationCredential> {
  const roleIds = db('application_credential_roles').where({ application_credential_id: row.id }).select('role_id')
  const accessRules: readonly AccessRule[] | null = Boolean(row.has_access_rules)
    ? await listAccessRulesOf(db, row.id)
    : null
  return {
    id: row.id,
    userId: row.user_id as UserId,
    projectId: row.project_id as ProjectId,
    name: row.name,
    description: row.description,
    expiresAtUs: toNumberOrNull(row.expires_at_us),
    unrestricted: Boolean(row.unrestricted),
    roles: (await db<RoleRow>('roles').whereIn('id', roleIds).orderBy('name')).map(toRole),
    accessRules,
  }
}
