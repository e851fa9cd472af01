/** Identity in one place: logins and tokens, and the directories of domains, projects, users, groups and roles. */
import type { AuthContext, AuthenticationRequest, IssuedToken } from '../model/token.ts'
import type { Db } from '../store/database.ts'
import { systemClock } from '../util/clock.ts'
import type { Clock } from '../util/clock.ts'
import { ApplicationCredentials } from './application-credentials.ts'
import { authenticate } from './authenticate.ts'
import { CredentialStore } from './credential-store.ts'
import { DomainConfigs } from './domain-configs.ts'
import { DomainDirectory } from './domains.ts'
import { GroupDirectory } from './groups.ts'
import { LoginThrottle } from './login-throttle.ts'
import type { LoginThrottleOptions } from './login-throttle.ts'
import { newIdentityId } from './new-id.ts'
import { ConsumerDirectory } from './oauth1/consumers.ts'
import { OAuthDelegations } from './oauth1/delegations.ts'
import { defaultPasswordRules, PasswordCheck, type PasswordRules } from './password-rules.ts'
import { createPasswords } from './passwords.ts'
import type { PasswordCost } from './passwords.ts'
import { PolicyDirectory } from './policies.ts'
import { ProjectDirectory } from './projects.ts'
import { RoleAssignments } from './role-assignments.ts'
import { RoleDirectory } from './roles.ts'
import { Seal } from './seal.ts'
import { TokenRegistry } from './token-registry.ts'
import { TrustDirectory } from './trusts.ts'
import { UserDirectory } from './users.ts'

export interface IdentityService {
  /**
   * @param address where the request came from: wrong passwords are counted by it
   * @throws PolyvisorError unauthorized, token-not-found, rate-limited
   */
  authenticate(request: AuthenticationRequest, address?: string): Promise<IssuedToken>
  /** @returns undefined when the token is unknown, expired or revoked, or its user or scope is disabled. */
  validate(token: string): Promise<AuthContext | undefined>
  /** @returns false when the token was not valid anyway. */
  revoke(token: string): Promise<boolean>
  /** For a reconciler. @returns how many were removed. */
  purgeExpiredTokens(): Promise<number>
  readonly domains: DomainDirectory
  readonly projects: ProjectDirectory
  readonly users: UserDirectory
  readonly groups: GroupDirectory
  readonly roles: RoleDirectory
  readonly assignments: RoleAssignments
  readonly applicationCredentials: ApplicationCredentials
  readonly credentials: CredentialStore
  readonly policies: PolicyDirectory
  readonly trusts: TrustDirectory
  readonly domainConfigs: DomainConfigs
  readonly consumers: ConsumerDirectory
  readonly delegations: OAuthDelegations
}

export interface IdentityOptions {
  readonly db: Db
  readonly clock?: Clock
  /** One hour when left out, as Keystone's. */
  readonly tokenLifetimeMs?: number
  /** Tests make it cheap. */
  readonly passwordCost?: PasswordCost
  /** None but that a new password is new, when left out. */
  readonly passwordRules?: PasswordRules
  /** Credentials, OAuth secrets and secret options of domains are encrypted with it; good for this process alone when left out. */
  readonly credentialKey?: string
  /** How many wrong passwords are too many. */
  readonly loginThrottle?: Omit<LoginThrottleOptions, 'clock'>
}

const hourMs = 3_600_000

export function createIdentityService(options: IdentityOptions): IdentityService {
  const { db, clock = systemClock, tokenLifetimeMs = hourMs } = options
  const passwords = createPasswords(options.passwordCost)
  const tokens = new TokenRegistry({ db, clock, lifetimeMs: tokenLifetimeMs })
  const check = new PasswordCheck({ db, clock, passwords, rules: options.passwordRules ?? defaultPasswordRules })
  const throttle = new LoginThrottle({ clock, ...options.loginThrottle })
  const parts = { db, clock, changed: () => tokens.forget() }
  const seal = new Seal(options.credentialKey ?? newIdentityId())
  const delegations = new OAuthDelegations({ ...parts, seal })
  return {
    authenticate: (request, address = '') =>
      authenticate({ db, clock, passwords, check, tokens, throttle, delegations }, request, address),
    validate: (token) => tokens.validate(token),
    revoke: (token) => tokens.revoke(token),
    purgeExpiredTokens: () => tokens.purgeExpired(),
    domains: new DomainDirectory(parts),
    projects: new ProjectDirectory(parts),
    users: new UserDirectory({ ...parts, passwords, check, throttle }),
    groups: new GroupDirectory(parts),
    roles: new RoleDirectory(parts),
    assignments: new RoleAssignments(parts),
    credentials: new CredentialStore({ ...parts, seal }),
    policies: new PolicyDirectory(db),
    trusts: new TrustDirectory(parts),
    domainConfigs: new DomainConfigs({ db, seal }),
    consumers: new ConsumerDirectory({ ...parts, seal }),
    delegations,
    applicationCredentials: new ApplicationCredentials({ ...parts, passwords }),
  }
}
