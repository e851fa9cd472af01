import { capacityOf, freeOf, zoneOf, type Host } from '../model/host.ts'
import type { HostState } from './types.ts'

export function toHostState(host: Host): HostState {
  return {
    id: host.id,
    name: host.name,
    driverId: host.driverId,
    up: host.up && !host.forcedDown,
    healthy: host.healthy,
    healthMessage: host.healthMessage,
    enabled: host.enabled,
    disabledReason: host.disabledReason,
    tested: host.smokeTest.state === 'passed',
    zone: zoneOf(host),
    aggregates: host.aggregates,
    capacity: capacityOf(host),
    free: freeOf(host),
    instanceCount: host.instanceCount,
    capabilities: host.capabilities,
  }
}
