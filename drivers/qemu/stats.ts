/** Consumption of one running VM, from libvirt's typed statistics. */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { VmStats } from '../../src/driver/driver.ts'
import { statsType } from '../libvirt/constants.ts'
import type { DomainStats } from '../libvirt/protocol.ts'
import { ownAlias } from '../libvirt/domain-xml.ts'
import { nicAliases } from './defined-devices.ts'
import type { QemuHost } from './host.ts'
import { isActive, requireVm } from './vm-record.ts'

export async function readStats(host: QemuHost, instanceId: string): Promise<VmStats> {
  const { domain } = await requireVm(host, instanceId)
  if (!isActive(domain)) throw new DriverError('WRONG_STATE', 'The virtual machine is off.', { effect: 'none' })
  const { state, cpuTotal, balloon, vcpu, block, interface: nic } = statsType
  const types = state | cpuTotal | balloon | vcpu | block | nic
  const stats = await host.connection.call('stats', { uuid: instanceId, types })
  const nicIds = await nicIdsOf(host, instanceId)
  return {
    cpuTimeNs: numberOf(stats, 'cpu.time'),
    vcpuTimesNs: indexed(stats, 'vcpu.current', 'vcpu').map((prefix) => numberOf(stats, `${prefix}.time`)),
    memoryBytes: numberOf(stats, 'balloon.rss') * 1024,
    disks: indexed(stats, 'block.count', 'block').map((prefix) => ({
      id: diskIdOf(String(stats[`${prefix}.path`] ?? stats[`${prefix}.name`] ?? '')),
      readBytes: numberOf(stats, `${prefix}.rd.bytes`),
      writtenBytes: numberOf(stats, `${prefix}.wr.bytes`),
      readRequests: numberOf(stats, `${prefix}.rd.reqs`),
      writeRequests: numberOf(stats, `${prefix}.wr.reqs`),
    })),
    nics: nicIds
      .map((id, index) => [id, `net.${index}`] as const)
      .map(([id, prefix]) => ({
        id: id ?? String(stats[`${prefix}.name`] ?? prefix),
        receivedBytes: numberOf(stats, `${prefix}.rx.bytes`),
        sentBytes: numberOf(stats, `${prefix}.tx.bytes`),
        receivedPackets: numberOf(stats, `${prefix}.rx.pkts`),
        sentPackets: numberOf(stats, `${prefix}.tx.pkts`),
      })),
  }
}

/** libvirt has no figures of NICs that lead nowhere, and counts them nevertheless. */
async function nicIdsOf(host: QemuHost, uuid: string): Promise<readonly (string | undefined)[]> {
  const aliases = nicAliases(await host.connection.call('xml', { uuid }))
  return aliases.map((alias) => (alias?.startsWith(ownAlias) === true ? alias.slice(ownAlias.length) : undefined))
}

function indexed(stats: DomainStats, counter: string, group: string): string[] {
  return Array.from({ length: numberOf(stats, counter) }, (_, index) => `${group}.${index}`)
}

function numberOf(stats: DomainStats, field: string): number {
  const value = stats[field]
  return typeof value === 'number' ? value : 0
}

/** Our disks are files named `<id>.qcow2`. */
function diskIdOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.qcow2$/, '')
}
