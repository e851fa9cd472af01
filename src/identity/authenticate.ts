/**
 * The login: who are you, then where do you want to work. A refusal never says which part was wrong until the
 * password was right, and takes as long for a user who does not exist as for a wrong password.
 */
import { createHash } from 'node:crypto'
import { notFound, PolyvisorError } from '../model/errors.ts'
import type { User } from '../model/identity.ts'
import type {
  ApplicationCredentialCredential,
  AuthenticationRequest,
  IssuedToken,
  OAuthCredential,
  PasswordCredential,
  ProjectReference,
  ScopeRequest,
  UserReference,
} from '../model/token.ts'
import type { Project } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import { findSecret } from '../store/application-credentials.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { findDomain } from '../store/domains.ts'
import { findAccessToken } from '../store/oauth1.ts'
import { findProject, findProjectByName } from '../store/projects.ts'
import { findCredentials, findUser, holdUser } from '../store/users.ts'
import type { Clock } from '../util/clock.ts'
import type { LoginThrottle } from './login-throttle.ts'
import type { OAuthDelegations } from './oauth1/delegations.ts'
import type { PasswordCheck } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import { refuseDelegated } from './delegated.ts'
import type { TokenGrant, TokenRegistry } from './token-registry.ts'
import { issueByTrust, type Origin } from './trust-login.ts'

export interface LoginParts {
  readonly db: Db
  readonly clock: Clock
  readonly passwords: Passwords
  readonly check: PasswordCheck
  readonly tokens: TokenRegistry
  readonly throttle: LoginThrottle
  readonly delegations: OAuthDelegations
}

/**
 * @param address where the request came from; empty when nobody knows
 * @throws PolyvisorError unauthorized, token-not-found, rate-limited
 */
export async function authenticate(
  parts: LoginParts,
  request: AuthenticationRequest,
  address: string,
): Promise<IssuedToken> {
  const { credential, scope } = request
  switch (credential.method) {
    case 'password': {
      const account = await accountOf(parts.db, credential.user)
      return parts.throttle.guard(account, address, () => byPassword(parts, credential, scope))
    }
    case 'application_credential': {
      const account = digest(['application credential', JSON.stringify(credential.reference)])
      return parts.throttle.guard(account, address, () => byApplicationCredential(parts, credential, scope))
    }
    case 'token':
      return byToken(parts, credential.token, scope)
    case 'oauth1':
      return byAccessToken(parts, credential, scope)
  }
}

/** One name for one user, however the login names it; also for users who do not exist. */
async function accountOf(db: Db, user: UserReference): Promise<string> {
  const known = 'id' in user ? await findUser(db, user.id) : undefined
  const named = known === undefined ? user : { name: known.name, domain: { id: known.domainId } }
  if ('id' in named) return digest(['id', named.id])
  const domain = await findDomain(db, named.domain)
  return digest(['name', domain?.id ?? JSON.stringify(named.domain), named.name])
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

async function byPassword(
  parts: LoginParts,
  credential: PasswordCredential,
  scope: ScopeRequest,
): Promise<IssuedToken> {
  const known = await parts.check.check(credential.user, credential.password)
  return inTransaction(parts.db, async (trx) => {
    // Hashing takes its time: the password may have been changed, or the user disabled, meanwhile; from here on it cannot be.
    await holdUser(trx, known.user.id)
    const now = await findCredentials(trx, { id: known.user.id })
    if (now?.passwordHash !== known.passwordHash || !now.user.enabled || !now.domainEnabled) throw unauthenticated()
    return issueFor(trx, parts, now.user, scope, {
      methods: ['password'],
      applicationCredentialId: null,
    })
  })
}

async function byApplicationCredential(
  parts: LoginParts,
  { reference, secret }: ApplicationCredentialCredential,
  scope: ScopeRequest,
): Promise<IssuedToken> {
  const known = await findSecret(parts.db, reference)
  const isRight = await parts.passwords.verify(known?.secretHash, secret)
  if (known === undefined || !isRight || !known.userEnabled || !known.domainEnabled) throw unauthenticated()
  const { id, userId, projectId, expiresAtUs } = known
  const endsAtMs = expiresAtUs === null ? Infinity : Math.floor(expiresAtUs / 1000)
  if (endsAtMs <= parts.clock.nowMs()) throw unauthenticated()
  if (scope.kind !== 'default') throw noOtherScope('An application credential')
  const lent = {
    userId,
    projectId,
    endsAtMs,
    isThere: async (trx: Db) => (await findSecret(trx, { id })) !== undefined,
  }
  return issueLent(parts, lent, { applicationCredentialId: id, methods: ['application_credential'] })
}

function noOtherScope(what: string): PolyvisorError {
  return new PolyvisorError(
    'unauthorized',
    'no-access-to-scope',
    `${what} works on its own project only. Leave the scope out.`,
  )
}

/** Nobody guesses at it: its secrets are as long as tokens. */
async function byAccessToken(
  parts: LoginParts,
  { signed }: OAuthCredential,
  scope: ScopeRequest,
): Promise<IssuedToken> {
  const { id, userId, projectId, expiresAtMs } = await parts.delegations.accessTokenOf(signed)
  if (scope.kind !== 'default') throw noOtherScope('An OAuth access token')
  const isThere = async (trx: Db): Promise<boolean> =>
    (await findAccessToken(trx, id, parts.clock.nowMs())) !== undefined
  const lent = { userId, projectId, endsAtMs: expiresAtMs, isThere }
  return issueLent(parts, lent, { applicationCredentialId: null, accessTokenId: id, methods: ['oauth1'] })
}

interface Lent {
  readonly userId: UserId
  readonly projectId: ProjectId
  readonly endsAtMs: number
  /** It may have been taken back since it was checked. */
  isThere(trx: Db): Promise<boolean>
}

/** A token of what somebody was lent: its project is the scope, and its end the token's at the latest. */
function issueLent(
  { db, clock, tokens }: LoginParts,
  { userId, projectId, endsAtMs, isThere }: Lent,
  origin: Pick<TokenGrant, 'applicationCredentialId' | 'accessTokenId' | 'methods'>,
): Promise<IssuedToken> {
  return inTransaction(db, async (trx) => {
    await holdUser(trx, userId)
    if (!(await isThere(trx))) throw unauthenticated()
    const expiresAtMs = Math.min(endsAtMs, clock.nowMs() + tokens.lifetimeMs)
    const grant = { ...origin, userId, projectId, domainId: null, system: false, expiresAtMs }
    const issued = await tokens.issue(grant, trx)
    // Its user has lost a role of it, or one of them is disabled.
    if (issued === undefined) throw unauthenticated()
    return issued
  })
}

/** Re-scoping: same bearer, same end, a chain of audit ids that begins at the login. */
async function byToken(parts: LoginParts, token: string, scope: ScopeRequest): Promise<IssuedToken> {
  const { db, tokens } = parts
  return inTransaction(db, async (trx) => {
    const found = await tokens.find(token, trx)
    if (found !== undefined) await holdUser(trx, found.userId)
    // A change of the password that came first took the token with it.
    const bearer = await tokens.find(token, trx)
    const user = bearer === undefined ? undefined : await findUser(trx, bearer.userId)
    // As Keystone: not 401, because the one who asks is not the token's bearer any more. Its text stays out of the answer.
    if (bearer === undefined || user === undefined) throw notFound('token', 'in auth.identity.token')
    refuseDelegated(bearer, 'makes no other tokens')
    const { applicationCredential, projectId = null } = bearer
    if (applicationCredential !== undefined && !(await isOwnScope(trx, scope, projectId)))
      throw noOtherScope('An application credential')
    const kept = applicationCredential === undefined ? undefined : { id: applicationCredential.id, projectId }
    return issueFor(trx, parts, user, kept === undefined ? scope : projectScope(kept.projectId), {
      applicationCredentialId: kept?.id ?? null,
      methods: [...new Set(['token', ...bearer.methods])],
      parentAuditId: bearer.parentAuditId ?? bearer.auditId,
      expiresAtMs: bearer.expiresAtMs,
    })
  })
}

async function isOwnScope(trx: Db, scope: ScopeRequest, projectId: ProjectId | null): Promise<boolean> {
  if (scope.kind === 'default') return true
  return scope.kind === 'project' && (await resolveProject(trx, scope.project))?.id === projectId
}

function projectScope(id: ProjectId | null): ScopeRequest {
  return id === null ? { kind: 'unscoped' } : { kind: 'project', project: { id } }
}

async function issueFor(
  trx: Db,
  { tokens, clock }: Pick<LoginParts, 'tokens' | 'clock'>,
  user: User,
  scope: ScopeRequest,
  origin: Origin,
): Promise<IssuedToken> {
  if (scope.kind === 'trust') return issueByTrust(trx, { tokens, clock }, user, scope.trustId, origin)
  const unscoped: TokenGrant = { userId: user.id, projectId: null, domainId: null, system: false, ...origin }
  const target = await resolveScope(trx, user, scope)
  if (target !== undefined) {
    const issued = await tokens.issue({ ...unscoped, ...target }, trx)
    if (issued !== undefined) return issued
    if (scope.kind !== 'default') throw noAccess(scope.kind)
  }
  const issued = await tokens.issue(unscoped, trx)
  if (issued === undefined) throw unauthenticated()
  return issued
}

/** @returns undefined for a token without scope. */
async function resolveScope(
  trx: Db,
  user: User,
  scope: Exclude<ScopeRequest, { readonly kind: 'trust' }>,
): Promise<Partial<Pick<TokenGrant, 'projectId' | 'domainId' | 'system'>> | undefined> {
  switch (scope.kind) {
    case 'unscoped':
      return undefined
    case 'default': {
      if (user.defaultProjectId === null) return undefined
      const project = await findProject(trx, user.defaultProjectId)
      return project === undefined ? undefined : { projectId: project.id }
    }
    case 'project': {
      const project = await resolveProject(trx, scope.project)
      if (project === undefined) throw noAccess('project')
      return { projectId: project.id }
    }
    case 'domain': {
      const domain = await findDomain(trx, scope.domain)
      if (domain === undefined) throw noAccess('domain')
      return { domainId: domain.id }
    }
    case 'system':
      return { system: true }
  }
}

async function resolveProject(trx: Db, reference: ProjectReference): Promise<Project | undefined> {
  if ('id' in reference) return findProject(trx, reference.id)
  const domain = await findDomain(trx, reference.domain)
  return domain === undefined ? undefined : findProjectByName(trx, domain.id, reference.name)
}

export function unauthenticated(): PolyvisorError {
  return new PolyvisorError(
    'unauthorized',
    'unauthenticated',
    'The request you have made requires authentication. Check the user, the password and their domain, or the token.',
  )
}

/** The same words whether it does not exist, is disabled, or the user has no role there. */
function noAccess(what: ScopeRequest['kind']): PolyvisorError {
  return new PolyvisorError(
    'unauthorized',
    'no-access-to-scope',
    `The user has no role on that ${what}, or it does not exist or is disabled. Ask an admin for a role on it.`,
  )
}
