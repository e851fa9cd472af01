/** Hosts as Nova shows hypervisors and compute services. Each host is one of both. */
import { PolyvisorError } from '../../model/errors.ts'
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import { zoneOf, type Host } from '../../model/host.ts'
import { isUuid } from '../../model/ids.ts'
import { toNaive } from './times.ts'

type Schemas = components['schemas']
type NamedInstance = { readonly id: string; readonly name: string }

/** By host; undefined when the instances were not asked for. */
export type InstancesByHost = ReadonlyMap<string, readonly NamedInstance[]> | undefined

export function hypervisorSummaryView(
  host: Host,
  version: Microversion,
  instances: InstancesByHost,
): Schemas['HypervisorSummary'] {
  return {
    id: hostIdAt(host, version),
    hypervisor_hostname: host.name,
    state: stateOf(host),
    status: host.enabled ? 'enabled' : 'disabled',
    ...serversKey(host, version, instances),
  }
}

export function hypervisorView(
  host: Host,
  version: Microversion,
  instances: InstancesByHost,
  nowMs: number,
): Schemas['Hypervisor'] {
  return {
    ...hypervisorSummaryView(host, version, instances),
    hypervisor_type: host.hypervisorType,
    hypervisor_version: versionNumber(host.hypervisorVersion),
    host_ip: null,
    service: { id: hostIdAt(host, version), host: host.name, disabled_reason: host.disabledReason },
    ...(version >= 88 ? { uptime: uptimeOf(host, nowMs) } : amounts(host, version)),
  }
}

/** Up to 2.52: a host without servers has no such key. */
export function hypervisorServersView(
  host: Host,
  version: Microversion,
  instances: NonNullable<InstancesByHost>,
): Schemas['HypervisorWithServers'] {
  return { ...hypervisorSummaryView(host, version, undefined), ...serversKey(host, version, instances) }
}

export function serviceView(host: Host, version: Microversion): Schemas['ComputeService'] {
  return {
    id: hostIdAt(host, version),
    binary: 'nova-compute',
    host: host.name,
    zone: zoneOf(host),
    status: host.enabled ? 'enabled' : 'disabled',
    state: stateOf(host),
    updated_at: toNaive(host.lastSeenAtMs),
    disabled_reason: host.disabledReason,
    ...(version >= 11 ? { forced_down: host.forcedDown } : {}),
  }
}

/** Sums over the enabled hosts. */
export function statisticsView(
  hosts: readonly Host[],
): Schemas['HypervisorStatisticsDocument']['hypervisor_statistics'] {
  const enabled = hosts.filter((host) => host.enabled)
  const sum = (amount: (host: Host) => number) => enabled.reduce((total, host) => total + amount(host), 0)
  return {
    count: enabled.length,
    vcpus: sum((host) => host.total.vcpus),
    vcpus_used: sum((host) => host.used.vcpus),
    memory_mb: sum((host) => host.total.memoryMb),
    memory_mb_used: sum(usedMemoryMb),
    local_gb: sum((host) => host.total.diskGb),
    local_gb_used: sum((host) => host.used.diskGb),
    free_ram_mb: sum((host) => host.total.memoryMb - usedMemoryMb(host)),
    free_disk_gb: sum((host) => host.total.diskGb - host.used.diskGb),
    current_workload: 0,
    running_vms: sum((host) => host.instanceCount),
    disk_available_least: sum((host) => host.total.diskGb - host.used.diskGb),
  }
}

/** The host whose id, as shown at this microversion, was sent. @throws PolyvisorError not-found, bad-request */
export function hostOfId(hosts: readonly Host[], id: string, version: Microversion): Host {
  if (version >= 53 && !isUuid(id.toLowerCase())) {
    throw new PolyvisorError(
      'bad-request',
      'invalid-uuid',
      `Invalid uuid ${id}: from microversion 2.53 on hypervisors have uuids.`,
    )
  }
  const found = hosts.find((host) => String(hostIdAt(host, version)) === id.toLowerCase())
  if (found !== undefined) return found
  throw new PolyvisorError('not-found', 'hypervisor-not-found', `Hypervisor with ID '${id}' could not be found.`)
}

/** A uuid from 2.53 on; before it a whole number, made of the uuid's first 52 bits, which JSON keeps exactly. */
export function hostIdAt({ id }: Pick<Host, 'id'>, version: Microversion): string | number {
  return version >= 53 ? id : Number.parseInt(id.replaceAll('-', '').slice(0, 13), 16)
}

/** As `uptime` writes it, of what is known: of users and load nobody tells. null while the host is down, and where nothing is known. */
export function uptimeOf(host: Host, nowMs: number): string | null {
  const { bootedAtMs } = host.capabilities
  if (typeof bootedAtMs !== 'number' || stateOf(host) === 'down') return null
  const minutes = Math.max(0, Math.floor((nowMs - bootedAtMs) / 60_000))
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24]
  const clock = `${hours}:${String(minutes % 60).padStart(2, '0')}`
  return ` ${toNaive(nowMs).slice(11, 19)} up ${days} ${days === 1 ? 'day' : 'days'}, ${clock}`
}

function stateOf(host: Host): 'up' | 'down' {
  return host.up && host.healthy && !host.forcedDown ? 'up' : 'down'
}

/** From 2.75 on the key is there for hosts without servers too. */
function serversKey(
  host: Host,
  version: Microversion,
  instances: InstancesByHost,
): { servers?: { uuid: string; name: string }[] } {
  const mine = instances?.get(host.id) ?? []
  if (instances === undefined || (mine.length === 0 && version < 75)) return {}
  return { servers: mine.map(({ id, name }) => ({ uuid: id, name })) }
}

function amounts(host: Host, version: Microversion): Partial<Schemas['Hypervisor']> {
  const cpu = { arch: host.capabilities.architectures[0] ?? '' }
  return {
    vcpus: host.total.vcpus,
    vcpus_used: host.used.vcpus,
    memory_mb: host.total.memoryMb,
    memory_mb_used: usedMemoryMb(host),
    local_gb: host.total.diskGb,
    local_gb_used: host.used.diskGb,
    free_ram_mb: host.total.memoryMb - usedMemoryMb(host),
    free_disk_gb: host.total.diskGb - host.used.diskGb,
    current_workload: 0,
    running_vms: host.instanceCount,
    disk_available_least: null,
    cpu_info: version >= 28 ? cpu : JSON.stringify(cpu),
  }
}

/** Nova counts what the host keeps for itself as used. */
function usedMemoryMb(host: Host): number {
  return host.used.memoryMb + host.reserved.memoryMb
}

/** `9.1.2` is 9001002, as libvirt counts. */
function versionNumber(text: string): number {
  const [major = 0, minor = 0, micro = 0] = (text.match(/\d+/g) ?? []).slice(0, 3).map(Number)
  const number = major * 1_000_000 + minor * 1000 + micro
  return Number.isSafeInteger(number) ? number : 0
}
