/** At which places a guest has its disks, as its kernel's parameters say it. Pure. */
import { unsupported } from '../local/refusals.ts'
import type { UmlHost } from './host.ts'
import { diskPath } from './host.ts'
import type { PlacedDisk, VmRecord } from './vm-record.ts'
import { disksOf } from './vm-record.ts'

/** `ubda` to `ubdp`. */
export const mostDisks = 16

type Place = Pick<PlacedDisk, 'file' | 'readOnly' | 'unit'>

export function diskParameter(host: UmlHost, instanceId: string, { unit, readOnly, file }: Place): string {
  return `ubd${unit}${readOnly ? 'r' : ''}=${diskPath(host, instanceId, file)}`
}

/**
 * The lowest place that nobody has. Those of a guest's command line count as taken by what they name: when it boots anew by
 * itself, that is what it gets.
 * @param commandLine empty when it does not run
 * @throws DriverError UNSUPPORTED when there is none
 */
export function freeUnit(
  host: UmlHost,
  record: VmRecord,
  disk: Omit<Place, 'unit'>,
  commandLine: readonly string[],
): number {
  const taken = new Set(disksOf(record).map(({ unit }) => unit))
  const parameterAt = (unit: number): string => diskParameter(host, record.instanceId, { ...disk, unit })
  const units = Array.from({ length: mostDisks }, (_, unit) => unit).filter((unit) => !taken.has(unit))
  const named = new Set(commandLine.map(unitOf))
  const free = units.find((unit) => commandLine.includes(parameterAt(unit))) ?? units.find((unit) => !named.has(unit))
  if (free !== undefined) return free
  throw unsupported('The virtual machine has no place for another disk while it runs.')
}

/** Where the file is a disk by the guest's command line. */
export function unitByCommandLine(path: string, commandLine: readonly string[]): number | undefined {
  const word = commandLine.find((candidate) => unitOf(candidate) !== undefined && candidate.endsWith(`=${path}`))
  return word === undefined ? undefined : unitOf(word)
}

function unitOf(word: string): number | undefined {
  const unit = /^ubd([0-9]+)r?=/.exec(word)?.[1]
  return unit === undefined ? undefined : Number(unit)
}
