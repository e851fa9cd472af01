/** Rows of `tokens`: a token's sha256 and what it was issued for. The token's own text is never stored. */
import type { DomainRef, RoleRef } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { TokenApplicationCredential, TokenOAuth, TokenTrust } from '../model/token.ts'
import { listAccessRulesOf } from './access-rules.ts'
import type { Db } from './database.ts'
import { delegatedRoles, effectiveRoles } from './effective-roles.ts'
import { toBoolean } from './rows.ts'
import { findTrustFacts, type TrustFacts } from './trusts.ts'

export interface TokenRecord {
  /** sha256 of the token, lower-case hexadecimal. */
  readonly tokenHash: string
  readonly userId: UserId
  readonly projectId: ProjectId | null
  readonly domainId: string | null
  readonly system: boolean
  readonly applicationCredentialId: string | null
  readonly trustId: string | null
  /** Of the OAuth access token that it was made with. */
  readonly accessTokenId: string | null
  readonly methods: readonly string[]
  readonly auditId: string
  /** The audit id of the login at the head of the chain; null for a login's own token. */
  readonly parentAuditId: string | null
  readonly issuedAtMs: number
  readonly expiresAtMs: number
}

/** A live token with everything that decides what it is good for, as of now. */
export interface TokenFacts extends Omit<
  TokenRecord,
  'projectId' | 'domainId' | 'applicationCredentialId' | 'trustId' | 'accessTokenId'
> {
  readonly userName: string
  readonly userDomain: DomainRef
  readonly project: { readonly id: ProjectId; readonly name: string; readonly domain: DomainRef } | null
  readonly domain: DomainRef | null
  readonly roles: readonly RoleRef[]
  readonly applicationCredential: TokenApplicationCredential | null
  readonly trust: TokenTrust | null
  readonly oauth: TokenOAuth | null
  /** The user, the scope, who lent it and their domains are all enabled. */
  readonly enabled: boolean
}

export async function insertToken(db: Db, token: TokenRecord): Promise<void> {
  await db('tokens').insert({
    token_hash: token.tokenHash,
    user_id: token.userId,
    project_id: token.projectId,
    domain_id: token.domainId,
    system: token.system,
    application_credential_id: token.applicationCredentialId,
    trust_id: token.trustId,
    oauth1_token_id: token.accessTokenId,
    methods: JSON.stringify(token.methods),
    audit_id: token.auditId,
    parent_audit_id: token.parentAuditId,
    issued_at: token.issuedAtMs,
    expires_at: token.expiresAtMs,
  })
}

/** The token with where it works, and the roles there: two queries, and two more for what was delegated. */
export async function findTokenFacts(db: Db, tokenHash: string, nowMs: number): Promise<TokenFacts | undefined> {
  const row = (await db('tokens as t')
    .join('users as u', 'u.id', 't.user_id')
    .join('domains as ud', 'ud.id', 'u.domain_id')
    .leftJoin('projects as p', 'p.id', 't.project_id')
    .leftJoin('domains as pd', 'pd.id', 'p.domain_id')
    .leftJoin('domains as d', 'd.id', 't.domain_id')
    .leftJoin('application_credentials as c', 'c.id', 't.application_credential_id')
    .leftJoin('oauth1_tokens as o', 'o.id', 't.oauth1_token_id')
    .where('t.token_hash', tokenHash)
    .where('t.expires_at', '>', nowMs)
    .whereNull('t.revoked_at')
    .first(factColumns)) as FactRow | undefined
  if (row === undefined) return undefined
  const trust = row.trust_id === null ? null : ((await findTrustFacts(db, row.trust_id)) ?? null)
  return toFacts(row, await rolesOf(db, row, trust), await applicationCredentialOf(db, row), trust)
}

async function rolesOf(db: Db, row: FactRow, trust: TrustFacts | null): Promise<RoleRef[]> {
  const { user_id: userId, domain_id: domainId, system } = row
  const projectId = row.project_id as ProjectId | null
  if (row.credential_id !== null) {
    const lent = db('application_credential_roles').where('application_credential_id', row.credential_id)
    return delegatedRoles(db, lent, { userId, projectId })
  }
  if (row.trust_id !== null) {
    const lent = db('trust_roles').where('trust_id', row.trust_id)
    return trust === null ? [] : delegatedRoles(db, lent, { userId: trust.grantorId, projectId })
  }
  if (row.access_token_id !== null) {
    const lent = db('oauth1_token_roles').where('token_id', row.access_token_id)
    return delegatedRoles(db, lent, { userId, projectId })
  }
  if (projectId !== null) return effectiveRoles(db, userId, { projectId })
  if (domainId !== null) return effectiveRoles(db, userId, { domainId })
  return toBoolean(system) ? effectiveRoles(db, userId, { system: true }) : []
}

async function applicationCredentialOf(db: Db, row: FactRow): Promise<TokenApplicationCredential | null> {
  const { credential_id: id, credential_name: name } = row
  if (id === null) return null
  const accessRules = toBoolean(row.credential_has_access_rules) ? await listAccessRulesOf(db, id) : null
  return { id, name: name ?? '', unrestricted: toBoolean(row.credential_unrestricted), accessRules }
}

/** @returns false when there is no such token (any more). */
export async function deleteToken(db: Db, tokenHash: string): Promise<boolean> {
  return (await db('tokens').where({ token_hash: tokenHash }).delete()) > 0
}

export async function deleteTokensOf(db: Db, owner: { userId: UserId } | { projectId: ProjectId }): Promise<void> {
  await db('tokens')
    .where('userId' in owner ? { user_id: owner.userId } : { project_id: owner.projectId })
    .delete()
}

/** Those of its users, and those that work on it or on its projects. */
export async function deleteTokensOfDomain(db: Db, domainId: string): Promise<void> {
  const ofDomain = (table: string) => db(table).where({ domain_id: domainId }).select('id')
  await db('tokens')
    .where({ domain_id: domainId })
    .orWhereIn('user_id', ofDomain('users'))
    .orWhereIn('project_id', ofDomain('projects'))
    .delete()
}

/** @returns how many went. */
export async function deleteExpiredTokens(db: Db, nowMs: number): Promise<number> {
  return db('tokens').where('expires_at', '<=', nowMs).delete()
}

const factColumns = {
  token_hash: 't.token_hash',
  methods: 't.methods',
  audit_id: 't.audit_id',
  parent_audit_id: 't.parent_audit_id',
  issued_at: 't.issued_at',
  expires_at: 't.expires_at',
  user_id: 'u.id',
  user_name: 'u.name',
  user_enabled: 'u.enabled',
  user_domain_id: 'ud.id',
  user_domain_name: 'ud.name',
  user_domain_enabled: 'ud.enabled',
  project_id: 'p.id',
  project_name: 'p.name',
  project_enabled: 'p.enabled',
  project_domain_id: 'pd.id',
  project_domain_name: 'pd.name',
  project_domain_enabled: 'pd.enabled',
  domain_id: 'd.id',
  domain_name: 'd.name',
  domain_enabled: 'd.enabled',
  system: 't.system',
  credential_id: 'c.id',
  credential_name: 'c.name',
  credential_unrestricted: 'c.unrestricted',
  credential_has_access_rules: 'c.has_access_rules',
  trust_id: 't.trust_id',
  access_token_id: 'o.id',
  consumer_id: 'o.consumer_id',
}

type Flag = 'user_enabled' | 'user_domain_enabled' | 'system'
type OptionalFlag =
  | 'project_enabled'
  | 'project_domain_enabled'
  | 'domain_enabled'
  | 'credential_unrestricted'
  | 'credential_has_access_rules'
type Time = 'issued_at' | 'expires_at'
type Optional =
  | 'parent_audit_id'
  | 'project_id'
  | 'project_name'
  | 'project_domain_id'
  | 'project_domain_name'
  | 'domain_id'
  | 'domain_name'
  | 'credential_id'
  | 'credential_name'
  | 'trust_id'
  | 'access_token_id'
  | 'consumer_id'
type Required = Exclude<keyof typeof factColumns, Flag | OptionalFlag | Time | Optional>
type FactRow = Readonly<
  Record<Required, string> &
    Record<Optional, string | null> &
    Record<Flag, number | boolean> &
    Record<OptionalFlag, number | boolean | null> &
    Record<Time, number | string>
>

function toFacts(
  row: FactRow,
  roles: readonly RoleRef[],
  applicationCredential: TokenApplicationCredential | null,
  trust: TrustFacts | null,
): TokenFacts {
  return {
    tokenHash: row.token_hash,
    userId: row.user_id as UserId,
    userName: row.user_name,
    userDomain: { id: row.user_domain_id, name: row.user_domain_name },
    project:
      row.project_id === null
        ? null
        : {
            id: row.project_id as ProjectId,
            name: row.project_name ?? '',
            domain: { id: row.project_domain_id ?? '', name: row.project_domain_name ?? '' },
          },
    domain: row.domain_id === null ? null : { id: row.domain_id, name: row.domain_name ?? '' },
    system: toBoolean(row.system),
    roles,
    applicationCredential,
    trust: trust?.trust ?? null,
    oauth:
      row.access_token_id === null ? null : { accessTokenId: row.access_token_id, consumerId: row.consumer_id ?? '' },
    methods: JSON.parse(row.methods) as string[],
    auditId: row.audit_id,
    parentAuditId: row.parent_audit_id,
    issuedAtMs: Number(row.issued_at),
    expiresAtMs: Number(row.expires_at),
    enabled: allEnabled(row) && (trust?.enabled ?? true),
  }
}

function allEnabled(row: FactRow): boolean {
  const user = Boolean(row.user_enabled) && Boolean(row.user_domain_enabled)
  if (row.project_id !== null) return user && Boolean(row.project_enabled) && Boolean(row.project_domain_enabled)
  if (row.domain_id !== null) return user && Boolean(row.domain_enabled)
  return user
}
