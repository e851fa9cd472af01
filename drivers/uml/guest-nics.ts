/** The NICs of a guest that runs, given and taken over its management console. */
import { DriverError } from '../../src/driver/driver-error.ts'
import { delay } from '../../src/util/delay.ts'
import type { Listener } from './guest-disks.ts'
import { knowsDisks, tell } from './guest-disks.ts'
import type { GuestProcess } from './proc.ts'
import type { UmlHost } from './host.ts'
import { nicParameter } from './nic-units.ts'
import { endSwitch, ensureSwitch } from './switches.ts'
import type { PlacedNic, VmRecord } from './vm-record.ts'

const pollMs = 50
const giveMs = 5_000

/** The kernel's words. */
const isThereText = 'already configured'
const isGoneText = "doesn't exist"

/**
 * Has no effect where it is there already. Nobody can ask a kernel which NIC it has at a place; but before a record gives a place
 * to a NIC, attach makes sure that there is none, so what is there is this one.
 * @throws DriverError HYPERVISOR
 */
export async function giveNic(host: UmlHost, record: VmRecord, main: Listener, nic: PlacedNic): Promise<void> {
  const command = `config ${nicParameter(nic)}`
  for (const deadline = performance.now() + giveMs; ; await delay(pollMs, main.signal)) {
    await ensureSwitch(host, record, main, nic)
    const first = await host.native.run(() => tell(host, record, main, command))
    if (!first.isOk && first.text.includes(isThereText)) return
    // It says OK of a NIC that it could not make too; only of one that is there it refuses another.
    const second = await tell(host, record, main, command)
    if (!second.isOk && second.text.includes(isThereText)) return
    // A switch that has just been started does not listen yet, and one that has just been killed may still be seen.
    if (!second.isOk || performance.now() > deadline)
      throw new DriverError('HYPERVISOR', 'The guest did not get the NIC.', { effect: 'none', native: second.text })
  }
}

/** Has no effect where it is not there. @throws DriverError BUSY when the guest uses it */
export async function takeNic(host: UmlHost, record: VmRecord, main: GuestProcess, nic: PlacedNic): Promise<void> {
  const { isOk, text } = await host.native.run(() => tell(host, record, main, `remove eth${nic.unit}`))
  if (!isOk && !text.includes(isGoneText))
    throw new DriverError('BUSY', 'The guest does not let go of the NIC.', { effect: 'none', native: text })
  await endSwitch(host, record, nic)
}

/** As giveMissingDisks. @returns false when it is too early for that */
export async function giveMissingNics(host: UmlHost, record: VmRecord, main: Listener): Promise<boolean> {
  if (record.nics.length === 0) return true
  if (!(await knowsDisks(host, record))) return false
  for (const nic of record.nics) await giveNic(host, record, main, nic)
  return true
}
