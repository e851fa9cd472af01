/** Consumption of one running VM, from libvirt's typed statistics. */
import type { VmStats } from '../../src/driver/driver.ts'
import { statsType } from '../libvirt/constants.ts'
import type { DomainStats } from '../libvirt/protocol.ts'
import type { QemuHost } from './host.ts'
import { requireVm } from './vm-record.ts'

export async function readStats(host: QemuHost, instanceId: string): Promise<VmStats> {
  await requireVm(host, instanceId)
  const types = statsType.state | statsType.cpuTotal | statsType.balloon | statsType.block | statsType.interface
  const stats = await host.connection.call('stats', { uuid: instanceId, types })
  return {
    cpuTimeNs: numberOf(stats, 'cpu.time'),
    memoryBytes: numberOf(stats, 'balloon.rss') * 1024,
    disks: entriesOf(stats, 'block').map((prefix) => ({
      id: diskIdOf(String(stats[`${prefix}.path`] ?? stats[`${prefix}.name`] ?? '')),
      readBytes: numberOf(stats, `${prefix}.rd.bytes`),
      writtenBytes: numberOf(stats, `${prefix}.wr.bytes`),
    })),
    nics: entriesOf(stats, 'net').map((prefix) => ({
      id: String(stats[`${prefix}.name`] ?? prefix),
      receivedBytes: numberOf(stats, `${prefix}.rx.bytes`),
      sentBytes: numberOf(stats, `${prefix}.tx.bytes`),
    })),
  }
}

function entriesOf(stats: DomainStats, group: 'block' | 'net'): string[] {
  const count = numberOf(stats, `${group}.count`)
  return Array.from({ length: count }, (_, index) => `${group}.${index}`)
}

function numberOf(stats: DomainStats, field: string): number {
  const value = stats[field]
  return typeof value === 'number' ? value : 0
}

/** Our disks are files named `<id>.qcow2`. */
function diskIdOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.qcow2$/, '')
}
