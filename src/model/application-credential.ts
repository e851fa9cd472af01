/** What stands for a user on one project without the user's password, and may be narrowed to single requests. */
import type { Role } from './identity.ts'
import type { ProjectId, UserId } from './ids.ts'

export interface ApplicationCredential {
  readonly id: string
  readonly userId: UserId
  readonly projectId: ProjectId
  /** The user's own has each name once. */
  readonly name: string
  readonly description: string | null
  /** Microseconds since the epoch. */
  readonly expiresAtUs: number | null
  /** Whether it may be used to make and delete others. */
  readonly unrestricted: boolean
  readonly roles: readonly Role[]
  /** null: all requests; empty: none. */
  readonly accessRules: readonly AccessRule[] | null
}

/** One kind of request. `*` and `{name}` stand for one part of the path, `**` for any number. */
export interface AccessRule {
  readonly id: string
  /** A service's type in the catalog. */
  readonly service: string
  readonly method: string
  readonly path: string
}
