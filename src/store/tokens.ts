/** Rows of `tokens`: a token's sha256 and what it was issued for. The token's own text is never stored. */
import type { DomainRef, RoleRef } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { Db } from './database.ts'

export interface TokenRecord {
  /** sha256 of the token, lower-case hexadecimal. */
  readonly tokenHash: string
  readonly userId: UserId
  readonly projectId: ProjectId | null
  readonly domainId: string | null
  readonly methods: readonly string[]
  readonly auditId: string
  /** The audit id of the login at the head of the chain; null for a login's own token. */
  readonly parentAuditId: string | null
  readonly issuedAtMs: number
  readonly expiresAtMs: number
}

/** A live token with everything that decides what it is good for, as of now. */
export interface TokenFacts extends Omit<TokenRecord, 'projectId' | 'domainId'> {
  readonly userName: string
  readonly userDomain: DomainRef
  readonly project: { readonly id: ProjectId; readonly name: string; readonly domain: DomainRef } | null
  readonly domain: DomainRef | null
  readonly roles: readonly RoleRef[]
  /** The user, the scope and their domains are all enabled. */
  readonly enabled: boolean
}

export async function insertToken(db: Db, token: TokenRecord): Promise<void> {
  await db('tokens').insert({
    token_hash: token.tokenHash,
    user_id: token.userId,
    project_id: token.projectId,
    domain_id: token.domainId,
    methods: JSON.stringify(token.methods),
    audit_id: token.auditId,
    parent_audit_id: token.parentAuditId,
    issued_at: token.issuedAtMs,
    expires_at: token.expiresAtMs,
  })
}

/** One query: one row per role, or a single one without. */
export async function findTokenFacts(db: Db, tokenHash: string, nowMs: number): Promise<TokenFacts | undefined> {
  const rows = (await db('tokens as t')
    .join('users as u', 'u.id', 't.user_id')
    .join('domains as ud', 'ud.id', 'u.domain_id')
    .leftJoin('projects as p', 'p.id', 't.project_id')
    .leftJoin('domains as pd', 'pd.id', 'p.domain_id')
    .leftJoin('domains as d', 'd.id', 't.domain_id')
    .leftJoin('role_assignments as a', (join) =>
      join
        .on('a.user_id', 't.user_id')
        .andOn((scope) => scope.on('a.project_id', 't.project_id').orOn('a.domain_id', 't.domain_id')),
    )
    .leftJoin('roles as r', 'r.id', 'a.role_id')
    .where('t.token_hash', tokenHash)
    .where('t.expires_at', '>', nowMs)
    .whereNull('t.revoked_at')
    .orderBy('r.name')
    .select(factColumns)) as FactRow[]
  const first = rows[0]
  return first === undefined ? undefined : toFacts(first, rows)
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
  role_id: 'r.id',
  role_name: 'r.name',
}

type Flag = 'user_enabled' | 'user_domain_enabled'
type OptionalFlag = 'project_enabled' | 'project_domain_enabled' | 'domain_enabled'
type Time = 'issued_at' | 'expires_at'
type Optional =
  | 'parent_audit_id'
  | 'project_id'
  | 'project_name'
  | 'project_domain_id'
  | 'project_domain_name'
  | 'domain_id'
  | 'domain_name'
  | 'role_id'
  | 'role_name'
type Required = Exclude<keyof typeof factColumns, Flag | OptionalFlag | Time | Optional>
type FactRow = Readonly<
  Record<Required, string> &
    Record<Optional, string | null> &
    Record<Flag, number | boolean> &
    Record<OptionalFlag, number | boolean | null> &
    Record<Time, number | string>
>

function toFacts(row: FactRow, rows: readonly FactRow[]): TokenFacts {
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
    roles: rows.flatMap((each) => (each.role_id === null ? [] : [{ id: each.role_id, name: each.role_name ?? '' }])),
    methods: JSON.parse(row.methods) as string[],
    auditId: row.audit_id,
    parentAuditId: row.parent_audit_id,
    issuedAtMs: Number(row.issued_at),
    expiresAtMs: Number(row.expires_at),
    enabled: allEnabled(row),
  }
}

function allEnabled(row: FactRow): boolean {
  const user = Boolean(row.user_enabled) && Boolean(row.user_domain_enabled)
  if (row.project_id !== null) return user && Boolean(row.project_enabled) && Boolean(row.project_domain_enabled)
  if (row.domain_id !== null) return user && Boolean(row.domain_enabled)
  return user
}
