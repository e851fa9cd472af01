/** Consumption of one running VM: its processes as the host sees them, its disks as its own kernel counts them. */
import { readFile } from 'node:fs/promises'
import type { DiskStats, VmStats } from '../../src/driver/driver.ts'
import { wrongState } from '../local/refusals.ts'
import { cpuTicksOf, residentBytesOf } from './proc.ts'
import { guestOf } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { askKernel } from './mconsole.ts'
import { isHeld } from './paused-record.ts'
import { disksOf, powerNow, requireRecord } from './vm-record.ts'

/** Of /proc/<pid>/stat; the same on every Linux. */
const ticksPerSecond = 100
const sectorBytes = 512

export async function readStats(host: UmlHost, instanceId: string): Promise<VmStats> {
  const record = await requireRecord(host, instanceId)
  const guest = await guestOf(host, instanceId)
  const main = guest?.main
  if (guest === undefined || main === undefined) throw wrongState('off')
  const counters = await host.questions.take(instanceId, async () => {
    const isPaused = (await powerNow(host, record)) === 'paused' || (await isHeld(host, instanceId, main))
    return isPaused ? undefined : await askKernel(host, record, 'proc diskstats')
  })
  const ticks = guest.all.reduce((sum, { pid }) => sum + cpuTicksOf(pid), 0)
  return {
    cpuTimeNs: (ticks * 1e9) / ticksPerSecond,
    memoryBytes: residentBytesOf(main.pid),
    uptimeSeconds: await uptimeOf(main.startTicks),
    disks: disksOf(record).map(({ id, unit }) => ({ id, ...countersOf(counters?.text ?? '', unit) })),
    // Of what goes nowhere nothing arrives; and its kernel tells nobody outside what it sent.
    nics: record.nics.map(({ id }) => ({ id, receivedBytes: 0, sentBytes: 0 })),
  }
}

async function uptimeOf(startTicks: number): Promise<number> {
  const [seconds] = (await readFile('/proc/uptime', 'utf8')).split(' ')
  return Math.max(0, Math.round(Number(seconds) - startTicks / ticksPerSecond))
}

/** A line of /proc/diskstats: major, minor, name, reads, merged, sectors read, ms, writes, merged, sectors written, … */
function countersOf(text: string, unit: number): Omit<DiskStats, 'id'> {
  const name = `ubd${String.fromCharCode('a'.charCodeAt(0) + unit)}`
  const fields = text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((words) => words[2] === name)
  const count = (field: number): number => Number(fields?.[field] ?? 0)
  return {
    readBytes: count(5) * sectorBytes,
    writtenBytes: count(9) * sectorBytes,
    readRequests: count(3),
    writeRequests: count(7),
  }
}
