import type { Filter } from '../types.ts'

/** On a host with one of the servers that the hint `same_host` names. */
export const sameHostFilter: Filter = {
  name: 'same-host',
  check: (host, { sameHosts }) =>
    sameHosts?.has(host.id) === false
      ? { pass: false, reason: 'it has none of the servers that were named as neighbours' }
      : { pass: true },
}
