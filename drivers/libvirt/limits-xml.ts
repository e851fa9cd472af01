/** Limits as libvirt's elements: <cputune>, <iotune> and <bandwidth>. */
import type { VmLimits } from '../../src/model/limits.ts'
import { element, type XmlElement } from './xml-element.ts'

type Limits<Kind extends keyof VmLimits> = Exclude<VmLimits[Kind], undefined>

export function cpuLimitsElement({ shares, periodUs, quotaUs }: Limits<'cpu'>): XmlElement {
  return element(
    'cputune',
    {},
    shares !== undefined && element('shares', {}, String(shares)),
    periodUs !== undefined && element('period', {}, String(periodUs)),
    quotaUs !== undefined && element('quota', {}, String(quotaUs)),
  )
}

const diskNames = {
  totalBytes: 'total_bytes_sec',
  readBytes: 'read_bytes_sec',
  writeBytes: 'write_bytes_sec',
  totalRequests: 'total_iops_sec',
  readRequests: 'read_iops_sec',
  writeRequests: 'write_iops_sec',
} as const satisfies Readonly<Record<keyof Limits<'disk'>, string>>

export function diskLimitsElement(limits: Limits<'disk'>): XmlElement {
  const names = Object.keys(diskNames) as (keyof typeof diskNames)[]
  return element(
    'iotune',
    {},
    ...names.map((name) => limits[name] !== undefined && element(diskNames[name], {}, String(limits[name]))),
  )
}

export function nicLimitsElement({ inbound, outbound }: Limits<'nic'>): XmlElement {
  return element(
    'bandwidth',
    {},
    inbound && element('inbound', { ...inbound }),
    outbound && element('outbound', { ...outbound }),
  )
}
