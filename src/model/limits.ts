/** What a VM may take of its host at most: Nova's extra specs `quota:…` of a flavor, as figures. Pure. */

import { PolyvisorError } from './errors.ts'

/** Kinds of limits, each of which a hypervisor can keep or not. */
export type LimitKind = 'cpu' | 'disk' | 'nic'

/** An absent figure is no limit. At least one is there. */
export interface VmLimits {
  readonly cpu?: CpuLimits
  /** Of each disk by itself. */
  readonly disk?: DiskLimits
  /** Of each NIC by itself. */
  readonly nic?: { readonly inbound?: Rate; readonly outbound?: Rate }
}
/** Of all vCPUs together the weight, of each by itself the rest. */
export interface CpuLimits {
  /** Its weight beside other VMs, 1 to 262144. */
  readonly shares?: number
  /** Microseconds in which it gets `quotaUs` of CPU time, 1000 to 1000000. */
  readonly periodUs?: number
  readonly quotaUs?: number
}
/** Per second. A total excludes those of its unit for each direction. */
export interface DiskLimits {
  readonly readBytes?: number
  readonly writeBytes?: number
  readonly totalBytes?: number
  readonly readRequests?: number
  readonly writeRequests?: number
  readonly totalRequests?: number
}
/** Kilobytes per second, the burst in kilobytes. */
export interface Rate {
  readonly average: number
  readonly peak?: number
  readonly burst?: number
}

type Specs = Readonly<Record<string, string>>
/** What of the flavor is wrong, for people. */
export class LimitsError extends PolyvisorError {
  constructor(problem: string) {
    super('conflict', 'invalid-limits', problem)
  }
}

const most32Bit = 2 ** 32 - 1
const most: Readonly<Record<LimitKind, number>> = { cpu: 17_592_186_044_415, disk: 10 ** 15, nic: most32Bit }
const without: Readonly<Record<LimitKind, string>> = { cpu: '-1', disk: '0', nic: '0' }

/** @returns undefined without any. @throws LimitsError */
export function limitsOf(extraSpecs: Specs): VmLimits | undefined {
  // The scheduler asks for each host anew.
  if (!Object.keys(extraSpecs).some((key) => key.startsWith('quota:'))) return undefined
  const cpu = cpuLimits(extraSpecs)
  const disk = diskLimits(extraSpecs)
  const nic = whole({ inbound: rateOf(extraSpecs, 'inbound'), outbound: rateOf(extraSpecs, 'outbound') })
  return whole({ cpu, disk, nic })
}

/** Why a host that keeps limits of these kinds cannot keep the flavor's; undefined: it can. */
export function limitsRefusal(extraSpecs: Specs, limitable: readonly string[] = []): string | undefined {
  try {
    const missing = Object.keys(limitsOf(extraSpecs) ?? {}).find((kind) => !limitable.includes(kind))
    return missing === undefined ? undefined : `its hypervisor cannot limit ${names[missing as LimitKind]}`
  } catch (error) {
    if (error instanceof LimitsError) return error.message
    throw error
  }
}
const names: Readonly<Record<LimitKind, string>> = {
  cpu: "guests' CPU time (quota:cpu_…)",
  disk: "guests' disks (quota:disk_…)",
  nic: "guests' networks (quota:vif_…)",
}

function cpuLimits(specs: Specs): CpuLimits | undefined {
  return whole({
    // What libvirt takes of them with either version of control groups.
    shares: figure(specs, 'cpu', 'cpu_shares', 2, 10_000),
    periodUs: figure(specs, 'cpu', 'cpu_period', 1_000, 1_000_000),
    quotaUs: figure(specs, 'cpu', 'cpu_quota', 1_000),
  })
}

function diskLimits(specs: Specs): DiskLimits | undefined {
  const of = (name: string): number | undefined => figure(specs, 'disk', `disk_${name}_sec`, 1)
  const limits = {
    readBytes: of('read_bytes'),
    writeBytes: of('write_bytes'),
    totalBytes: of('total_bytes'),
    readRequests: of('read_iops'),
    writeRequests: of('write_iops'),
    totalRequests: of('total_iops'),
  }
  for (const unit of ['Bytes', 'Requests'] as const) {
    const both = limits[`read${unit}`] ?? limits[`write${unit}`]
    if (limits[`total${unit}`] !== undefined && both !== undefined)
      throw new LimitsError("the flavor limits a disk's total and one direction of it, of which only one is possible")
  }
  return whole(limits)
}

function rateOf(specs: Specs, way: 'inbound' | 'outbound'): Rate | undefined {
  const of = (name: string): number | undefined => figure(specs, 'nic', `vif_${way}_${name}`, 1)
  const rate = { average: of('average'), peak: of('peak'), burst: of('burst') }
  if (rate.average === undefined && (rate.peak ?? rate.burst) !== undefined)
    throw new LimitsError(`the flavor's quota:vif_${way}_average is missing, without which the others mean nothing`)
  return whole(rate) as Rate | undefined
}

/** @returns undefined for none, and for the word that means none */
function figure(specs: Specs, kind: LimitKind, name: string, least: number, greatest = most[kind]): number | undefined {
  const key = `quota:${name}`
  const text = specs[key]
  if (text === undefined || text === without[kind]) return undefined
  const value = Number(text)
  if (/^\d{1,16}$/.test(text) && value >= least && value <= greatest) return value
  throw new LimitsError(`the flavor's ${key} is not a number from ${least} to ${greatest}`)
}

/** Without what is undefined; undefined when nothing is left. */
function whole<T extends object>(parts: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } | undefined {
  const entries = Object.entries(parts).filter(([, value]) => value !== undefined)
  return entries.length === 0
    ? undefined
    : (Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> })
}
