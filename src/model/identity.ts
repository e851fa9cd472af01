/** Who may do what: domains, projects, users and roles as Keystone names them, without passwords. */
import type { JsonObject } from '../util/json.ts'
import type { ProjectId, UserId } from './ids.ts'

export interface Domain {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly enabled: boolean
  /** Neither changed nor deleted before an admin takes this back. */
  readonly immutable: boolean
}

export interface DomainRef {
  readonly id: string
  readonly name: string
}

export interface Project {
  readonly id: ProjectId
  readonly domainId: string
  /** The project that it is part of; null directly below its domain. */
  readonly parentId: ProjectId | null
  readonly name: string
  readonly description: string
  readonly enabled: boolean
  readonly immutable: boolean
  /** By name. */
  readonly tags: readonly string[]
  readonly createdAtMs: number
}

export interface User {
  readonly id: UserId
  readonly domainId: string
  readonly name: string
  readonly description: string | null
  readonly email: string | null
  readonly defaultProjectId: ProjectId | null
  readonly enabled: boolean
  readonly options: UserOptions
  /** Attributes that mean nothing to the service: kept and shown as they came. */
  readonly extra: JsonObject
  readonly createdAtMs: number
}

export interface UserOptions {
  /** The user cannot change the own password. */
  readonly lock_password?: boolean
  /** However many wrong passwords: the account stays open. */
  readonly ignore_lockout_failure_attempts?: boolean
}

export interface Group {
  readonly id: string
  readonly domainId: string
  readonly name: string
  readonly description: string
}

export interface RoleRef {
  readonly id: string
  readonly name: string
}

export interface Role extends RoleRef {
  readonly description: string | null
  /** Of a role that only one domain knows: it is never in a token, but what it implies is. */
  readonly domainId: string | null
  readonly immutable: boolean
}

/** Whoever holds the prior role holds the implied one too. */
export interface ImpliedRole {
  readonly prior: Role
  readonly implied: Role
}

export type RoleHolder = { readonly userId: string } | { readonly groupId: string }

/** Where a token works: on one project, on one domain, or on the system as a whole. */
export type RoleScope = { readonly projectId: ProjectId } | { readonly domainId: string } | { readonly system: true }

/** Where a role holds; an inherited one on all projects below the project or domain, and not on that itself. */
export type RoleTarget = RoleScope | { readonly inheritedProjectId: ProjectId } | { readonly inheritedDomainId: string }

export interface NamedInDomain {
  readonly id: string
  readonly name: string
  readonly domain: DomainRef
}

export interface RoleAssignment {
  readonly holder: NamedInDomain & { readonly kind: 'user' | 'group' }
  readonly role: RoleRef & { readonly domain: DomainRef | null }
  /** On the system where both are null. */
  readonly project: NamedInDomain | null
  readonly domain: DomainRef | null
  readonly isInherited: boolean
}

/** The domain that everything lives in until somebody makes another. */
export const defaultDomainId = 'default'
