/** What a guest consumes, as Nova shows it: up to 2.47 by names of the hypervisor's, then the same for all. */
import type { components } from '../../contract/types.gen.ts'
import type { Host } from '../../model/host.ts'
import type { Instance } from '../../model/instance.ts'
import type { Nic } from '../../model/network.ts'
import type { NicStats, VmStats } from '../../operations/instance-stats.ts'

type Diagnostics = components['schemas']['ServerDiagnostics']

const mib = 1024 ** 2

/** Named as libvirt's driver of Nova does; memory in KiB. What is not known has no key. */
export function freeDiagnosticsView(stats: VmStats): Readonly<Record<string, number>> {
  const entries: (readonly [string, number | undefined])[] = [
    ...(stats.vcpuTimesNs ?? []).map((ns, index) => [`cpu${index}_time`, ns] as const),
    ['memory-rss', Math.floor(stats.memoryBytes / 1024)],
    ...stats.disks.flatMap((disk) => [
      [`${disk.id}_read`, disk.readBytes] as const,
      [`${disk.id}_read_req`, disk.readRequests] as const,
      [`${disk.id}_write`, disk.writtenBytes] as const,
      [`${disk.id}_write_req`, disk.writeRequests] as const,
    ]),
    ...stats.nics.flatMap((nic) => [
      [`${nic.id}_rx`, nic.receivedBytes] as const,
      [`${nic.id}_rx_packets`, nic.receivedPackets] as const,
      [`${nic.id}_tx`, nic.sentBytes] as const,
      [`${nic.id}_tx_packets`, nic.sentPackets] as const,
    ]),
  ]
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

export function diagnosticsView(instance: Instance, host: Host, stats: VmStats): Diagnostics {
  const { flavor, nics } = instance
  return {
    // Of others there are no figures.
    state: 'running',
    driver: driverWords[host.driverId] ?? 'libvirt',
    hypervisor: host.hypervisorType.toLowerCase(),
    hypervisor_os: null,
    uptime: stats.uptimeSeconds ?? null,
    config_drive: instance.configDrive,
    num_cpus: flavor.vcpus,
    num_nics: nics.length,
    num_disks: stats.disks.length,
    memory_details: { maximum: flavor.memoryMb, used: Math.floor(stats.memoryBytes / mib) },
    cpu_details: (stats.vcpuTimesNs ?? []).map((time, id) => ({ id, time, utilisation: null })),
    nic_details: nics.map((nic, index) => nicDetails(nic, nicStatsOf(nic, index, stats))),
    disk_details: stats.disks.map((disk) => ({
      read_bytes: disk.readBytes,
      read_requests: disk.readRequests ?? null,
      write_bytes: disk.writtenBytes,
      write_requests: disk.writeRequests ?? null,
      errors_count: null,
    })),
  }
}

/** Nova's closed list of drivers; those that it has no word for are shown as its first. */
const driverWords: Readonly<Record<string, Diagnostics['driver']>> = { hyperv: 'hyperv', vsphere: 'vmwareapi' }

/** Where the hypervisor does not know our ids, they are in the order of the spec. */
function nicStatsOf(nic: Nic, index: number, { nics }: VmStats): NicStats | undefined {
  return nics.find(({ id }) => id === nic.portId) ?? nics[index]
}

function nicDetails(nic: Nic, stats: NicStats | undefined): Diagnostics['nic_details'][number] {
  return {
    mac_address: nic.macAddress,
    rx_octets: stats?.receivedBytes ?? null,
    rx_errors: null,
    rx_drop: null,
    rx_packets: stats?.receivedPackets ?? null,
    rx_rate: null,
    tx_octets: stats?.sentBytes ?? null,
    tx_errors: null,
    tx_drop: null,
    tx_packets: stats?.sentPackets ?? null,
    tx_rate: null,
  }
}
