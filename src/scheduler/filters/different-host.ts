import type { Filter } from '../types.ts'

/** On a host with none of the servers that the hint `different_host` names. */
export const differentHostFilter: Filter = {
  name: 'different-host',
  check: (host, { differentHosts }) =>
    differentHosts?.has(host.id) === true
      ? { pass: false, reason: 'it has a server that was named as not to share a host with' }
      : { pass: true },
}
