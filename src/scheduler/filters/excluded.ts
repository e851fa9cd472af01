import type { Filter } from '../types.ts'

/** Hosts that cannot be meant, whatever room they have: the one that a server leaves, for one. */
export const excludedFilter: Filter = {
  name: 'excluded',
  check(host, { excludedHosts }) {
    const reason = excludedHosts?.get(host.id)
    return reason === undefined ? { pass: true } : { pass: false, reason }
  },
}
