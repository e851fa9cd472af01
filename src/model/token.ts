/** What a valid token says about its bearer. The token's own text exists in the client's hands only. */
import type { AccessRule } from './application-credential.ts'
import type { DomainRef, RoleRef } from './identity.ts'
import type { ProjectId, UserId } from './ids.ts'
import type { SignedRequest } from './oauth1.ts'

/** What the policy asks for; each level includes the ones before it. */
export const accessLevels = ['none', 'reader', 'member', 'admin'] as const
export type AccessLevel = (typeof accessLevels)[number]

export interface TokenApplicationCredential {
  readonly id: string
  readonly name: string
  readonly unrestricted: boolean
  /** null: all requests. */
  readonly accessRules: readonly AccessRule[] | null
}

/** The trust by which a token was lent. */
export interface TokenTrust {
  readonly id: string
  readonly trustorId: UserId
  readonly trusteeId: UserId
  /** Whether the token speaks as the trustor. */
  readonly impersonation: boolean
}

/** The OAuth access token by which a token was lent. */
export interface TokenOAuth {
  readonly consumerId: string
  readonly accessTokenId: string
}

export interface AuthContext {
  readonly userId: UserId
  readonly userName: string
  readonly userDomain: DomainRef
  /** Present when the token is scoped to a project. */
  readonly projectId?: ProjectId
  readonly projectName?: string
  readonly projectDomain?: DomainRef
  /** Present when the token is scoped to a domain. */
  readonly scopedDomain?: DomainRef
  /** Present when the token is scoped to the system as a whole. */
  readonly isSystem?: true
  /** The bearer's roles on that scope as they are now, not as they were at the login. */
  readonly roles: readonly RoleRef[]
  /** Present when the bearer logged in with one, or the token goes back to such a login. */
  readonly applicationCredential?: TokenApplicationCredential
  readonly trust?: TokenTrust
  /** Present when the bearer is a consumer to which the user lent it. */
  readonly oauth?: TokenOAuth
  readonly accessLevel: AccessLevel
  readonly isAdmin: boolean
  readonly methods: readonly string[]
  /** Names the token in logs; says nothing about its text. */
  readonly auditId: string
  /** Names the login that a re-scoped token goes back to. */
  readonly parentAuditId?: string
  readonly issuedAtMs: number
  readonly expiresAtMs: number
}

/** The only moment at which a token's text exists on our side. Never log it. */
export interface IssuedToken {
  readonly token: string
  readonly context: AuthContext
}

export type DomainReference = { readonly id: string } | { readonly name: string }

/** How a login names its user: names are looked up in a domain. */
export type UserReference = { readonly id: string } | { readonly name: string; readonly domain: DomainReference }

export type ProjectReference = { readonly id: string } | { readonly name: string; readonly domain: DomainReference }

/** `default`: the user's default project where it can be used, else no scope. */
export type ScopeRequest =
  | { readonly kind: 'default' }
  | { readonly kind: 'unscoped' }
  | { readonly kind: 'project'; readonly project: ProjectReference }
  | { readonly kind: 'domain'; readonly domain: DomainReference }
  | { readonly kind: 'system' }
  | { readonly kind: 'trust'; readonly trustId: string }

/** What somebody shows to get a token. A union, so that further methods join it. */
export interface PasswordCredential {
  readonly method: 'password'
  readonly user: UserReference
  readonly password: string
}
/** A token that is good now stands for its bearer; the new one lives no longer than it. */
export interface TokenCredential {
  readonly method: 'token'
  readonly token: string
}
/** By id, or by the name that its user gave it. Its project is the scope: none can be chosen. */
export interface ApplicationCredentialCredential {
  readonly method: 'application_credential'
  readonly reference: ApplicationCredentialReference
  readonly secret: string
}
export type ApplicationCredentialReference =
  { readonly id: string } | { readonly name: string; readonly user: UserReference }
/** An OAuth access token, which the request is signed with. Its project is the scope. */
export interface OAuthCredential {
  readonly method: 'oauth1'
  readonly signed: SignedRequest
}
export type Credential = PasswordCredential | TokenCredential | ApplicationCredentialCredential | OAuthCredential

export interface AuthenticationRequest {
  readonly credential: Credential
  readonly scope: ScopeRequest
}
