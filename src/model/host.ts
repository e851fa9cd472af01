/** A place that runs VMs, spoken for by one agent. */
import type { Json } from '../util/json.ts'
import type { AggregateMetadata } from './aggregate.ts'
import { defaultAvailabilityZone } from './availability-zone.ts'
import type { AgentId, HostId } from './ids.ts'
import type { Resources } from './resources.ts'

export interface Host {
  readonly id: HostId
  readonly agentId: AgentId
  readonly driverId: string
  readonly name: string
  readonly hypervisorType: string
  readonly hypervisorVersion: string
  /** Whether its agent was heard of lately. */
  readonly up: boolean
  /** What the driver said last about its hypervisor. */
  readonly healthy: boolean
  readonly healthMessage: string
  /** An admin says that it is down, whatever its agent says. */
  readonly forcedDown: boolean
  /** Whether the operator lets new instances come. */
  readonly enabled: boolean
  readonly disabledReason: string | null
  /** Whether a throw-away VM of ours ran on it: hosts take work once it did. */
  readonly smokeTest: SmokeTest
  /** Physical amounts. */
  readonly total: Resources
  /** How many times each amount may be promised. */
  readonly ratios: Resources
  readonly reserved: Resources
  /** Sum of the allocations. */
  readonly used: Resources
  readonly instanceCount: number
  /** null: the default one. */
  readonly availabilityZone: string | null
  /** The metadata of each aggregate that it is in. */
  readonly aggregates: readonly AggregateMetadata[]
  readonly traits: readonly string[]
  readonly capabilities: HostCapabilities
  readonly lastSeenAtMs: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export interface SmokeTest {
  readonly state: 'pending' | 'running' | 'passed' | 'failed'
  /** Why it failed; empty otherwise. */
  readonly message: string
  readonly endedAtMs: number | null
}

/** The part of a driver's capabilities that scheduling and allowed actions read. */
export interface HostCapabilities {
  readonly architectures: readonly string[]
  readonly hypervisorTypes: readonly string[]
  readonly vmModes: readonly string[]
  readonly diskFormats: readonly string[]
  /** Names of the driver's optional abilities: `console`, `pause`, … */
  readonly abilities: readonly string[]
  /** Kinds of networks on which guests can be; none when absent. */
  readonly networks?: readonly string[]
  /** The property by which an image says that its guests have the agent that sets passwords; absent: none is needed. */
  readonly agentProperty?: string
  /** Of what guests' use can be limited (`LimitKind`); nothing when absent. */
  readonly limitable?: readonly string[]
  /** Values of `hw_firmware_type`; `bios` alone when absent. */
  readonly firmwares?: readonly string[]
  /** As what the disk of a rescue can be seen beside a guest's own, with the buses; nothing when absent. */
  readonly rescueDevices?: Readonly<Record<string, readonly string[]>>
  /** When the machine was switched on, where the driver tells. */
  readonly bootedAtMs?: number | null
  readonly [more: string]: Json | undefined
}

export function zoneOf({ availabilityZone }: Pick<Host, 'availabilityZone'>): string {
  return availabilityZone ?? defaultAvailabilityZone
}

/** How much of each amount may be promised in all: physical less reserved, times the ratio. */
export function capacityOf(host: Pick<Host, 'total' | 'ratios' | 'reserved'>): Resources {
  return {
    vcpus: Math.floor((host.total.vcpus - host.reserved.vcpus) * host.ratios.vcpus),
    memoryMb: Math.floor((host.total.memoryMb - host.reserved.memoryMb) * host.ratios.memoryMb),
    diskGb: Math.floor((host.total.diskGb - host.reserved.diskGb) * host.ratios.diskGb),
  }
}

export function freeOf(host: Pick<Host, 'total' | 'ratios' | 'reserved' | 'used'>): Resources {
  const capacity = capacityOf(host)
  return {
    vcpus: capacity.vcpus - host.used.vcpus,
    memoryMb: capacity.memoryMb - host.used.memoryMb,
    diskGb: capacity.diskGb - host.used.diskGb,
  }
}
