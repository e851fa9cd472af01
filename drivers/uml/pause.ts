/**
 * pause and unpause. Each resolves after it has seen the new state (rule 5) and may be repeated.
 *
 * A guest that is paused is told nothing but to go on. A command that changes a device lets its kernel's interrupts in again (Linux
 * 6.1, `mconsole_stop`); the next command may then be taken by an interrupt, which waits for one more, and the guest hangs. So what
 * is attached meanwhile it gets when it goes on (owed-devices.ts), and what it has it keeps until then.
 */
import type { Control } from '../../src/driver/driver.ts'
import { throwIfCancelled, wrongState } from '../local/refusals.ts'
import { mainOf } from './guest-processes.ts'
import { settleHeld } from './hold.ts'
import type { UmlHost } from './host.ts'
import { giveOwed } from './owed-devices.ts'
import { readPaused, removePaused, writePaused } from './paused-record.ts'
import { go, oneShortTry, stop, tellToStop } from './stop-and-go.ts'
import type { VmRecord } from './vm-record.ts'
import { confirmPower, listRecords, requireWhole } from './vm-record.ts'

export async function pause(host: UmlHost, instanceId: string, control: Control): Promise<void> {
  throwIfCancelled(control)
  const { record, power } = await requireWhole(host, instanceId)
  if (power === 'paused') return
  const main = await mainOf(host, instanceId)
  if (power !== 'on' || main === undefined) throw wrongState(power)
  // Written first: whatever comes between, the guest is paused when the driver is open again (settlePaused).
  await writePaused(host, record, main)
  try {
    await stop(host, record, main)
  } catch (error) {
    // It may be paused all the same, and nobody would know.
    await go(host, record, main, oneShortTry).catch(() => undefined)
    await removePaused(host, record)
    throw error
  }
  await confirmPower(host, record, 'paused')
}

export async function unpause(host: UmlHost, instanceId: string, control: Control): Promise<void> {
  throwIfCancelled(control)
  const { record, power } = await requireWhole(host, instanceId)
  if (power === 'on') return
  if (power !== 'paused') throw wrongState(power)
  await unpauseGuest(host, record)
  await confirmPower(host, record, 'on')
}

/** Of one that is paused. @throws DriverError WRONG_STATE, BUSY, HYPERVISOR */
export async function unpauseGuest(host: UmlHost, record: VmRecord): Promise<void> {
  const main = await mainOf(host, record.instanceId)
  if (main === undefined) throw wrongState('off')
  const had = await readPaused(host, record, main)
  await host.native.run(() => go(host, record, main))
  await removePaused(host, record)
  if (had !== undefined) await giveOwed(host, record, main, had)
}

/** After a crash: a guest that is written down as paused is paused, and one that was only held for a moment goes on. */
export async function settlePaused(host: UmlHost): Promise<void> {
  const settle = async (record: VmRecord): Promise<void> => {
    const main = await mainOf(host, record.instanceId)
    if (main === undefined) return
    if ((await readPaused(host, record, main)) !== undefined) await tellToStop(host, record, main)
    await settleHeld(host, record, main)
  }
  for (const record of await listRecords(host)) {
    await settle(record).catch((error: unknown) =>
      host.log.warn({ instanceId: record.instanceId, error }, 'a guest that should be paused, or not, does not answer'),
    )
  }
}
