/** What lets one user, the trustee, work on a project with roles of another, the trustor. */
import type { Role } from './identity.ts'
import type { ProjectId, UserId } from './ids.ts'

export interface Trust {
  readonly id: string
  readonly trustorId: UserId
  readonly trusteeId: UserId
  /** Whose roles count: the trustor, or the first trustor of a chain of trusts handed on. */
  readonly grantorId: UserId
  readonly projectId: ProjectId
  /** Whether its tokens speak as the trustor, or as the trustee. */
  readonly impersonation: boolean
  /** Microseconds since the epoch. */
  readonly expiresAtUs: number | null
  /** How many tokens may still be made of it; null for any number. */
  readonly remainingUses: number | null
  /** How many times in a row it may be handed on. */
  readonly redelegationCount: number
  /** The trust that this one was handed on from. */
  readonly redelegatedTrustId: string | null
  readonly roles: readonly Role[]
}
