/** attach and detach of NICs, as those of disks: the record is what counts, before the guest gets one and until it let go. */
import { withoutNic } from '../../src/driver/device-change.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import type { VmSpec } from '../../src/driver/vm-spec.ts'
import { throwIfCancelled, withEffect } from '../local/refusals.ts'
import { anyDriverError } from '../local/storage-error.ts'
import { hearing, heldByPaused, untilDevicesCanChange } from './guest-disks.ts'
import { giveNic, takeNic } from './guest-nics.ts'
import type { GuestProcess } from './proc.ts'
import { commandLineOf, isAlive } from './proc.ts'
import type { UmlHost } from './host.ts'
import { freeNicUnit } from './nic-units.ts'
import { assertKept, stateToChange } from './record-change.ts'
import { planVm } from './vm-plan.ts'
import type { PlacedNic, VmRecord } from './vm-record.ts'
import { requireRecord, writeRecord } from './vm-record.ts'

export async function attachNic(host: UmlHost, spec: VmSpec, nicId: string, control: Control): Promise<void> {
  const { specHash, nics } = planVm(spec, host.nodeId)
  const { record, isDone } = await stateToChange(host, withoutNic(spec, nicId), spec)
  const guest = await untilDevicesCanChange(host, record, control)
  const main = hearing(guest)
  throwIfCancelled(control)
  const nic = record.nics.find(({ id }) => id === nicId)
  if (isDone) {
    if (main !== undefined && nic !== undefined) await giveNic(host, record, main, nic)
    return
  }
  const planned = nics.find(({ id }) => id === nicId)
  if (planned === undefined) throw new DriverError('BUG', 'A NIC has no plan.', { effect: 'none' })
  const commandLine = guest === undefined ? [] : commandLineOf(guest.main)
  const placed: PlacedNic = { ...planned, unit: freeNicUnit(record, planned.macAddress, commandLine) }
  // Of an earlier change that nobody finished: it may be another one.
  if (main !== undefined) await takeNic(host, record, main, placed)
  const after = [...record.nics, placed].sort((a, b) => a.unit - b.unit)
  await control.checkpoint({ step: 'attach' })
  throwIfCancelled(control)
  try {
    await writeRecord(host, { ...record, specHash, nics: after })
    if (main !== undefined) await giveNic(host, record, main, placed)
  } catch (error) {
    throw await takenBack(host, record, { main, placed }, anyDriverError(error))
  }
  await assertKept(host, spec.instanceId, specHash)
}

export async function detachNic(host: UmlHost, spec: VmSpec, nicId: string, control: Control): Promise<void> {
  const to = withoutNic(spec, nicId)
  planVm(spec, host.nodeId)
  const { specHash } = planVm(to, host.nodeId)
  const { record, isDone } = await stateToChange(host, spec, to)
  if (isDone) return
  const guest = await untilDevicesCanChange(host, record, control)
  const main = hearing(guest)
  throwIfCancelled(control)
  if (guest?.paused?.nics.includes(nicId) === true) throw heldByPaused('NIC')
  await control.checkpoint({ step: 'detach' })
  throwIfCancelled(control)
  const placed = record.nics.find(({ id }) => id === nicId)
  if (main !== undefined && placed !== undefined) await takeNic(host, record, main, placed)
  await writeRecord(host, { ...record, specHash, nics: record.nics.filter(({ id }) => id !== nicId) })
  await assertKept(host, spec.instanceId, specHash)
}

/** The VM as it was before the attach that failed. @returns what to throw */
async function takenBack(
  host: UmlHost,
  record: VmRecord,
  { main, placed }: { readonly main: GuestProcess | undefined; readonly placed: PlacedNic },
  error: DriverError,
): Promise<DriverError> {
  try {
    if ((await requireRecord(host, record.instanceId)).specHash !== record.specHash) {
      if (main !== undefined && isAlive(main)) await takeNic(host, record, main, placed)
      await writeRecord(host, record)
    }
    return withEffect(error, 'none')
  } catch (cleanUpError) {
    host.log.warn({ instanceId: record.instanceId, error: cleanUpError }, 'could not take back a NIC')
    return withEffect(error, 'partial')
  }
}
