/** Groups of hosts that admins make: for zones, and for flavors that want certain hosts. */
import type { HostId } from './ids.ts'

export type AggregateMetadata = Readonly<Record<string, string>>

export interface Aggregate {
  readonly id: number
  readonly uuid: string
  readonly name: string
  /** The key `availability_zone` puts its hosts into a zone. */
  readonly metadata: AggregateMetadata
  /** By name. */
  readonly hosts: readonly { readonly id: HostId; readonly name: string }[]
  readonly createdAtMs: number
  readonly updatedAtMs: number | null
}

export const zoneKey = 'availability_zone'
