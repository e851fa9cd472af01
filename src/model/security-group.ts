/** What a project would let through to its instances. Kept and shown only: nothing filters before there are networks. */
import type { ProjectId } from './ids.ts'

/** Every project has one, and an instance is in it unless it was told otherwise. */
export const defaultGroupName = 'default'

export interface SecurityGroup {
  readonly id: string
  readonly projectId: ProjectId
  readonly name: string
  readonly description: string
  readonly rules: readonly SecurityGroupRule[]
}

export interface SecurityGroupRule {
  readonly id: string
  readonly groupId: string
  readonly protocol: 'tcp' | 'udp' | 'icmp' | null
  readonly fromPort: number | null
  readonly toPort: number | null
  readonly source: { readonly cidr: string } | { readonly groupId: string; readonly groupName: string }
}
