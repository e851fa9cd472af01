/** A secret that a user keeps here for other services to use: EC2 keys, certificates. What it holds is the client's affair. */
import type { ProjectId, UserId } from './ids.ts'

export interface Credential {
  readonly id: string
  readonly userId: UserId
  readonly projectId: ProjectId | null
  readonly type: string
  readonly blob: string
}

/** Text that other services keep here, as rules of theirs. */
export interface Policy {
  readonly id: string
  readonly type: string
  readonly blob: string
}
