/** Groups of servers that are to share hosts, or not to. */
import type { HostId, InstanceId, ProjectId, UserId } from './ids.ts'

export const serverGroupPolicies = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'] as const
export type ServerGroupPolicy = (typeof serverGroupPolicies)[number]

export interface ServerGroup {
  readonly id: string
  readonly projectId: ProjectId
  readonly userId: UserId
  readonly name: string
  readonly policy: ServerGroupPolicy
  /** For anti-affinity; null is one. */
  readonly maxServerPerHost: number | null
  /** In the order of their making. */
  readonly members: readonly InstanceId[]
}

/** Whether one more member may be on a host; soft policies forbid nothing. */
export function groupAllows(
  { policy, maxServerPerHost }: Pick<ServerGroup, 'policy' | 'maxServerPerHost'>,
  others: { readonly onHost: number; readonly elsewhere: number },
): boolean {
  if (policy === 'anti-affinity') return others.onHost < (maxServerPerHost ?? 1)
  return policy !== 'affinity' || others.elsewhere === 0 || others.onHost > 0
}

/** How many of a group are on a host, and how many on others. */
export function othersAround(
  members: ReadonlyMap<HostId, number>,
  hostId: HostId,
): { readonly onHost: number; readonly elsewhere: number } {
  const onHost = members.get(hostId) ?? 0
  return { onHost, elsewhere: members.values().reduce((sum, count) => sum + count, 0) - onHost }
}
