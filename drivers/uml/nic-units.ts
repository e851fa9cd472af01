/** At which places a guest has its NICs, as its kernel's parameters say it. Pure. */
import { unsupported } from '../local/refusals.ts'
import type { PlacedNic, VmRecord } from './vm-record.ts'

export const mostNics = 16

/** The name of its switch's socket, in the guest's working directory: a whole path would be too long for a socket. */
export function switchSocket({ unit }: Pick<PlacedNic, 'unit'>): string {
  return `eth${unit}.ctl`
}

export function nicParameter(nic: Omit<PlacedNic, 'id'>): string {
  return `eth${nic.unit}=daemon,${nic.macAddress},unix,${switchSocket(nic)}`
}

/**
 * The lowest place that nobody has. Those of a guest's command line count as taken by what they name: when it boots anew by
 * itself, that is what it gets.
 * @param commandLine empty when it does not run
 * @throws DriverError UNSUPPORTED when there is none
 */
export function freeNicUnit({ nics }: VmRecord, macAddress: string, commandLine: readonly string[]): number {
  const taken = new Set(nics.map(({ unit }) => unit))
  for (let unit = 0; unit < mostNics; unit++) {
    const isOthers = commandLine.some(
      (word) => word.startsWith(`eth${unit}=`) && word !== nicParameter({ macAddress, unit }),
    )
    if (!taken.has(unit) && !isOthers) return unit
  }
  throw unsupported('The virtual machine has no place for another NIC while it runs.')
}
