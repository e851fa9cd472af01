import type { components } from '../../contract/types.gen.ts'
import { defaultAvailabilityZone } from '../../model/availability-zone.ts'
import type { Host } from '../../model/host.ts'
import { toNaive } from './times.ts'

type Schemas = components['schemas']

/** The one zone. Available means that a host of it is enabled, as for Nova; which hosts are up is told in detail. */
export function availabilityZonesView(
  hosts: readonly Host[],
  options: { readonly withHosts: boolean },
): Schemas['AvailabilityZones'] {
  return {
    availabilityZoneInfo: [
      {
        zoneName: defaultAvailabilityZone,
        zoneState: { available: hosts.some(({ enabled }) => enabled) },
        hosts: options.withHosts ? Object.fromEntries(hosts.map((host) => [host.name, hostView(host)])) : null,
      },
    ],
  }
}

function hostView(host: Host): Schemas['ZoneHosts'][string] {
  return {
    'nova-compute': {
      available: host.up && host.healthy,
      active: host.enabled,
      updated_at: toNaive(host.lastSeenAtMs),
    },
  }
}
