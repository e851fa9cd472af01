/**
 * Issues, validates and revokes tokens. A token is 256 random bits; the database knows its sha256 only.
 * Owns a cache of at most one second, so that a busy client costs no query per request; whoever changes what a token
 * is good for (revocation, roles, users, projects) calls `forget`. Other processes see the change within that second.
 */
import { createHash } from 'node:crypto'
import type { AuthContext, IssuedToken } from '../model/token.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { deleteExpiredOAuthTokens } from '../store/oauth1.ts'
import { deleteExpiredTokens, deleteToken, findTokenFacts, insertToken } from '../store/tokens.ts'
import type { TokenFacts } from '../store/tokens.ts'
import { deleteExpiredTrusts } from '../store/trusts.ts'
import type { Clock } from '../util/clock.ts'
import { clockSkewMs } from './oauth1/delegations.ts'
import { accessLevelOf } from './policy.ts'
import { randomText } from '../util/random-text.ts'

export interface TokenGrant {
  readonly userId: UserId
  readonly projectId: ProjectId | null
  readonly domainId: string | null
  readonly system: boolean
  readonly applicationCredentialId: string | null
  readonly trustId?: string | null
  readonly accessTokenId?: string | null
  readonly methods: readonly string[]
  /** Of the token that this one is made from, if any. */
  readonly parentAuditId?: string
  /** When that token ends; a full lifetime from now when left out. */
  readonly expiresAtMs?: number
}

export interface TokenRegistryOptions {
  readonly db: Db
  readonly clock: Clock
  readonly lifetimeMs: number
}

const cacheMs = 1_000
const maxCached = 10_000
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

export class TokenRegistry {
  readonly #db: Db
  readonly #clock: Clock
  readonly lifetimeMs: number
  readonly #cache = new Map<string, { readonly context: AuthContext; readonly untilMs: number }>()
  /** Raised by `forget`: a query that began before it must not fill the cache after it. */
  #epoch = 0

  constructor({ db, clock, lifetimeMs }: TokenRegistryOptions) {
    this.#db = db
    this.#clock = clock
    this.lifetimeMs = lifetimeMs
  }

  /** `db` may be a transaction. @returns undefined when the grant is good for nothing (disabled, or no role left). */
  async issue(grant: TokenGrant, db: Db = this.#db): Promise<IssuedToken | undefined> {
    const token = randomText(32)
    const tokenHash = hashOf(token)
    const issuedAtMs = this.#clock.nowMs()
    const auditId = randomText(16)
    const { expiresAtMs = issuedAtMs + this.lifetimeMs, parentAuditId = null } = grant
    const { trustId = null, accessTokenId = null } = grant
    const lent = { ...grant, trustId, accessTokenId }
    await insertToken(db, { ...lent, tokenHash, auditId, parentAuditId, issuedAtMs, expiresAtMs })
    const facts = await findTokenFacts(db, tokenHash, issuedAtMs)
    const context = facts === undefined ? undefined : contextOf(facts)
    if (context !== undefined) return { token, context }
    await deleteToken(db, tokenHash)
    return undefined
  }

  /** Straight from the database, which may be a transaction's: who bears the token now. */
  async find(token: string, db: Db): Promise<AuthContext | undefined> {
    if (!tokenPattern.test(token)) return undefined
    const facts = await findTokenFacts(db, hashOf(token), this.#clock.nowMs())
    return facts === undefined ? undefined : contextOf(facts)
  }

  async validate(token: string): Promise<AuthContext | undefined> {
    if (!tokenPattern.test(token)) return undefined
    const tokenHash = hashOf(token)
    const nowMs = this.#clock.nowMs()
    const cached = this.#cache.get(tokenHash)
    if (cached !== undefined && cached.untilMs > this.#clock.monotonicMs() && cached.context.expiresAtMs > nowMs) {
      return cached.context
    }
    this.#cache.delete(tokenHash)
    const epoch = this.#epoch
    const facts = await findTokenFacts(this.#db, tokenHash, nowMs)
    const context = facts === undefined ? undefined : contextOf(facts)
    if (context !== undefined && epoch === this.#epoch) this.#remember(tokenHash, context)
    return context
  }

  /** Holds from the moment it resolves. @returns false when the token was not valid anyway. */
  async revoke(token: string): Promise<boolean> {
    if (!tokenPattern.test(token)) return false
    const revoked = await deleteToken(this.#db, hashOf(token))
    this.forget()
    return revoked
  }

  /** Drops what is cached, after any change to users, projects, roles or tokens. */
  forget(): void {
    this.#epoch += 1
    this.#cache.clear()
  }

  /** With trusts and OAuth tokens that are over. @returns how many expired tokens were removed. */
  async purgeExpired(): Promise<number> {
    const nowMs = this.#clock.nowMs()
    const count = await deleteExpiredTokens(this.#db, nowMs)
    await deleteExpiredTrusts(this.#db, nowMs)
    await deleteExpiredOAuthTokens(this.#db, nowMs, clockSkewMs)
    return count
  }

  #remember(tokenHash: string, context: AuthContext): void {
    if (this.#cache.size >= maxCached) this.#cache.delete(this.#cache.keys().next().value ?? '')
    this.#cache.set(tokenHash, { context, untilMs: this.#clock.monotonicMs() + cacheMs })
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A scope on which no role is left is no scope: such a token is refused, as are those of disabled users and projects. */
function contextOf(facts: TokenFacts): AuthContext | undefined {
  const isScoped = facts.project !== null || facts.domain !== null || facts.system
  if (!facts.enabled || (isScoped && facts.roles.length === 0)) return undefined
  const accessLevel = accessLevelOf(facts.roles)
  return {
    userId: facts.userId,
    userName: facts.userName,
    userDomain: facts.userDomain,
    ...(facts.project === null
      ? {}
      : { projectId: facts.project.id, projectName: facts.project.name, projectDomain: facts.project.domain }),
    ...(facts.domain === null ? {} : { scopedDomain: facts.domain }),
    ...(facts.system ? { isSystem: true } : {}),
    ...(facts.applicationCredential === null ? {} : { applicationCredential: facts.applicationCredential }),
    ...(facts.trust === null ? {} : { trust: facts.trust }),
    ...(facts.oauth === null ? {} : { oauth: facts.oauth }),
    roles: facts.roles,
    accessLevel,
    isAdmin: accessLevel === 'admin',
    methods: facts.methods,
    auditId: facts.auditId,
    ...(facts.parentAuditId === null ? {} : { parentAuditId: facts.parentAuditId }),
    issuedAtMs: facts.issuedAtMs,
    expiresAtMs: facts.expiresAtMs,
  }
}
