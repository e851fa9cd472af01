/** OAuth 1.0a as Keystone speaks it: a consumer asks for roles on a project, a user lends them. */
import type { Role } from './identity.ts'
import type { ProjectId, UserId } from './ids.ts'

export interface Consumer {
  readonly id: string
  readonly description: string | null
}

/** What a consumer shows to a user, who authorises it. */
export interface RequestToken {
  readonly id: string
  readonly consumerId: string
  readonly projectId: ProjectId
  readonly expiresAtMs: number
}

/** What a consumer gets tokens with, in the name of the user who authorised it. */
export interface AccessToken extends RequestToken {
  readonly userId: UserId
  readonly roles: readonly Role[]
}

/** A new consumer's or token's secret, which is told once. */
export interface WithSecret<T> {
  readonly made: T
  readonly secret: string
}

/** A request as it was signed. */
export interface SignedRequest {
  readonly method: string
  /** As the client knows it, without its query. */
  readonly url: string
  readonly query: readonly (readonly [string, string])[]
  /** The header of that name. */
  readonly authorization: string | undefined
}
