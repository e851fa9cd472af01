/** Hosts as our own face shows them. */
import type { components } from '../../contract/types.gen.ts'
import { capacityOf, type Host } from '../../model/host.ts'
import type { Instance } from '../../model/instance.ts'
import type { Resources } from '../../model/resources.ts'
import type { Drain } from '../../operations/host-drain.ts'
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

export function drainView({ host, moving, staying }: Drain): Schemas['HostDrain'] {
  return {
    host: host.name,
    moving: moving.map(({ instance, how, operationId }) => ({
      ...serverNamed(instance),
      how,
      operation_id: operationId,
    })),
    staying: staying.map(({ instance, code, reason }) => ({ ...serverNamed(instance), code, reason })),
  }
}

function serverNamed({ id, name, projectId }: Instance): {
  server_id: string
  server_name: string
  project_id: string
} {
  return { server_id: id, server_name: name, project_id: projectId }
}

function resourcesView({ vcpus, memoryMb, diskGb }: Resources): Schemas['Resources'] {
  return { vcpus, memory_mb: memoryMb, disk_gb: diskGb }
}
