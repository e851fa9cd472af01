/** Hosts as our own face shows them. */
import type { components } from '../../contract/types.gen.ts'
import { capacityOf, type Host } from '../../model/host.ts'
import type { Resources } from '../../model/resources.ts'
import { toMilliseconds } from './times.ts'

type Schemas = components['schemas']

export function hostView(host: Host): Schemas['Host'] {
  return {
    id: host.id,
    name: host.name,
    driver: host.driverId,
    hypervisor_type: host.hypervisorType,
    hypervisor_version: host.hypervisorVersion,
    up: host.up,
    healthy: host.healthy,
    message: host.healthMessage,
    enabled: host.enabled,
    disabled_reason: host.disabledReason,
    smoke_test: {
      state: host.smokeTest.state,
      message: host.smokeTest.message,
      ended_at: host.smokeTest.endedAtMs === null ? null : toMilliseconds(host.smokeTest.endedAtMs),
    },
    total: resourcesView(host.total),
    capacity: resourcesView(capacityOf(host)),
    used: resourcesView(host.used),
    instance_count: host.instanceCount,
    last_seen_at: toMilliseconds(host.lastSeenAtMs),
  }
}

function resourcesView({ vcpus, memoryMb, diskGb }: Resources): Schemas['Resources'] {
  return { vcpus, memory_mb: memoryMb, disk_gb: diskGb }
}
