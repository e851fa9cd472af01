import type { Weigher } from '../types.ts'

/** The soft policies of server groups: before everything else, but no reason to refuse a host. */
export const serverGroupWeigher: Weigher = {
  name: 'server-group',
  multiplier: 10,
  weigh(host, { group }) {
    const count = group?.members.get(host.id) ?? 0
    if (group?.policy === 'soft-affinity') return count
    return group?.policy === 'soft-anti-affinity' ? -count : 0
  },
}
