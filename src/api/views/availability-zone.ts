import type { components } from '../../contract/types.gen.ts'
import { defaultAvailabilityZone } from '../../model/availability-zone.ts'
import { zoneOf, type Host } from '../../model/host.ts'
import { toNaive } from './times.ts'

type Schemas = components['schemas']

/** By name. Available means that a host of it is enabled, as for Nova; which hosts are up is told in detail. */
export function availabilityZonesView(
  hosts: readonly Host[],
  options: { readonly withHosts: boolean },
): Schemas['AvailabilityZones'] {
  const byZone = Map.groupBy(hosts, zoneOf)
  // Where there is no host yet the one that clients know is shown.
  if (byZone.size === 0) byZone.set(defaultAvailabilityZone, [])
  const zones = [...byZone].sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    availabilityZoneInfo: zones.map(([zoneName, members]) => ({
      zoneName,
      zoneState: { available: members.some(({ enabled }) => enabled) },
      hosts: options.withHosts ? Object.fromEntries(members.map((host) => [host.name, hostView(host)])) : null,
    })),
  }
}

function hostView(host: Host): Schemas['ZoneHosts'][string] {
  return {
    'nova-compute': {
      available: host.up && host.healthy && !host.forcedDown,
      active: host.enabled,
      updated_at: toNaive(host.lastSeenAtMs),
    },
  }
}
