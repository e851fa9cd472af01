/** The VMs that simulated hypervisors really have: read from their files, not through the driver. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SimVmFile {
  readonly instanceId: string
  readonly hostId: string
  readonly power: string
  readonly path: string
}

/** @param agentDir an agent's state directory */
export function simVms(agentDir: string): readonly SimVmFile[] {
  const folder = join(agentDir, 'drivers/sim/vms')
  return namesIn(folder).flatMap((name) => {
    const [instanceId = '', hostId = ''] = name.split('.')
    const path = join(folder, name)
    const text = textOf(path)
    return text === undefined
      ? []
      : [{ instanceId, hostId, power: (JSON.parse(text) as { power: string }).power, path }]
  })
}

/** What an instance is: as its only VM, or while it has two as the one that is not off. */
export function simPowerOf(agentDir: string, instanceId: string): string {
  const powers = simVms(agentDir)
    .filter((vm) => vm.instanceId === instanceId)
    .map(({ power }) => power)
  const notOff = powers.filter((power) => power !== 'off')
  return notOff.length > 0 ? notOff.join(' and ') : (powers[0] ?? 'gone')
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
}

/** undefined: it went a moment ago. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
