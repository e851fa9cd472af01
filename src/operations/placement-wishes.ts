/** What an instance wishes of its place beside room for it, as facts that the scheduler can check: hosts instead of servers. */
import type { InstanceId, ProjectId } from '../model/ids.ts'
import type { PlacementHints } from '../model/placement-hints.ts'
import type { ServerGroup } from '../model/server-group.ts'
import type { PlaceWishes } from '../scheduler/types.ts'
import type { Db } from '../store/database.ts'
import { listHostsOfInstances } from '../store/instances.ts'
import { countMembersByHost, findServerGroup } from '../store/server-groups.ts'

export interface Wisher {
  /** Absent: not there yet. */
  readonly id?: InstanceId
  readonly projectId: ProjectId
  readonly serverGroupId: string | null
  readonly hints: PlacementHints
}

export async function readPlaceWishes(db: Db, wisher: Wisher): Promise<PlaceWishes> {
  const { sameHost, differentHost } = wisher.hints
  const hostsOf = (ids: readonly string[]) => listHostsOfInstances(db, wisher.projectId, ids)
  return {
    ...(sameHost === undefined ? {} : { sameHosts: await hostsOf(sameHost) }),
    ...(differentHost === undefined ? {} : { differentHosts: await hostsOf(differentHost) }),
    ...(wisher.serverGroupId === null ? {} : await groupWish(db, wisher.serverGroupId, wisher.id)),
  }
}

async function groupWish(db: Db, id: string, except: InstanceId | undefined): Promise<Pick<PlaceWishes, 'group'>> {
  const group = await findServerGroup(db, id)
  return group === undefined ? {} : { group: { ...policyOf(group), members: await countMembersByHost(db, id, except) } }
}

function policyOf({ policy, maxServerPerHost }: ServerGroup): Pick<ServerGroup, 'policy' | 'maxServerPerHost'> {
  return { policy, maxServerPerHost }
}
