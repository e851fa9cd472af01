import { groupAllows, othersAround } from '../../model/server-group.ts'
import type { Filter } from '../types.ts'

/** Affinity and anti-affinity; the soft policies are a weigher's. */
export const serverGroupFilter: Filter = {
  name: 'server-group',
  check(host, { group }) {
    if (group === undefined || groupAllows(group, othersAround(group.members, host.id))) return { pass: true }
    if (group.policy === 'affinity')
      return { pass: false, reason: 'the servers of its affinity group are on another host' }
    return { pass: false, reason: 'as many servers of its anti-affinity group as may share a host are on it already' }
  },
}
