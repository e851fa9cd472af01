/** Who may do what: domains, projects, users and roles as Keystone names them, without passwords. */
import type { ProjectId, UserId } from './ids.ts'

export interface Domain {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly enabled: boolean
}

export interface DomainRef {
  readonly id: string
  readonly name: string
}

export interface Project {
  readonly id: ProjectId
  readonly domainId: string
  readonly name: string
  readonly description: string
  readonly enabled: boolean
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
  readonly createdAtMs: number
}

export interface RoleRef {
  readonly id: string
  readonly name: string
}

export interface Role extends RoleRef {
  readonly description: string | null
}

/** Where a role holds: on one project, or on one domain. */
export type RoleTarget = { readonly projectId: ProjectId } | { readonly domainId: string }

export interface RoleAssignment {
  readonly userId: UserId
  readonly userName: string
  readonly userDomain: DomainRef
  readonly role: RoleRef
  readonly project: { readonly id: ProjectId; readonly name: string; readonly domain: DomainRef } | null
  readonly domain: DomainRef | null
}

/** The domain that everything lives in until somebody makes another. */
export const defaultDomainId = 'default'
