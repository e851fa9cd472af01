/** One host alone will do: all others are excluded. */
import type { HostId } from '../model/ids.ts'
import type { ScheduleRequest } from '../scheduler/types.ts'

export interface WantedHost {
  readonly id: HostId
  /** What the server wishes of its place does not count. */
  readonly isForced: boolean
}

export function onlyHost(
  hosts: readonly { readonly id: HostId }[],
  { id: only, isForced }: WantedHost,
): Pick<ScheduleRequest, 'excludedHosts' | 'isForced'> {
  const others = hosts.filter(({ id }) => id !== only)
  return { isForced, excludedHosts: new Map(others.map(({ id }) => [id, 'another host was asked for'])) }
}
