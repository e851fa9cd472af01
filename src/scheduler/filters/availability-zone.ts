import type { Filter } from '../types.ts'

/** Who asks for a zone gets a host of it. */
export const availabilityZoneFilter: Filter = {
  name: 'availability-zone',
  check: (host, { zone }) =>
    zone === undefined || host.zone === zone
      ? { pass: true }
      : { pass: false, reason: 'in another availability zone', wanted: zone, had: host.zone },
}
