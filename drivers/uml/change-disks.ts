/**
 * attach and detach of disks. The record is what counts: it says at which place a disk is before the guest gets it, and keeps it
 * until the guest has let go; so whatever is cut short, the same call finds the place and goes on.
 */
import { existsSync } from 'node:fs'
import { withoutDisk } from '../../src/driver/device-change.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import type { DiskId, VmSpec } from '../../src/driver/vm-spec.ts'
import { throwIfCancelled, withEffect } from '../local/refusals.ts'
import { anyDriverError } from '../local/storage-error.ts'
import { makeDisk } from './build-vm.ts'
import { removeDiskFiles } from './disk-files.ts'
import { freeUnit, unitByCommandLine } from './disk-units.ts'
import type { GuestToChange } from './guest-disks.ts'
import { giveDisk, hearing, heldByPaused, takeDisk, untilDevicesCanChange } from './guest-disks.ts'
import type { GuestProcess } from './proc.ts'
import { commandLineOf, isAlive } from './proc.ts'
import type { UmlHost } from './host.ts'
import { diskPath } from './host.ts'
import { assertKept, stateToChange } from './record-change.ts'
import type { PlannedDisk } from './vm-plan.ts'
import { planVm } from './vm-plan.ts'
import type { PlacedDisk, VmRecord } from './vm-record.ts'
import { disksOf, recordOfDisk, requireRecord, writeRecord } from './vm-record.ts'

export async function attachDisk(host: UmlHost, spec: VmSpec, diskId: DiskId, control: Control): Promise<void> {
  const { specHash, disks } = planVm(spec, host.nodeId)
  const { record, isDone } = await stateToChange(host, withoutDisk(spec, diskId), spec)
  const planned = plannedOf(disks, diskId)
  const guest = await untilDevicesCanChange(host, record, control)
  const main = hearing(guest)
  throwIfCancelled(control)
  if (isDone) return await giveAgain(host, record, main, diskId)
  const placed = placeOf(host, record, planned, guest)
  // Of an earlier detach or attach that nobody finished, with what it was to be then.
  if (guest !== undefined) await takeStray(host, record, guest, planned)
  await removeDiskFiles(host, spec.instanceId, diskId)
  const after: VmRecord = { ...record, specHash, disks: byUnit([...record.disks, placed]) }
  try {
    await makeDisk(host, record, planned, control)
    await control.checkpoint({ step: 'attach' })
    throwIfCancelled(control)
    await writeRecord(host, after)
    if (main !== undefined) await giveDisk(host, after, main, placed)
  } catch (error) {
    throw await takenBack(host, record, { main, placed }, anyDriverError(error))
  }
  await assertKept(host, spec.instanceId, specHash)
}

export async function detachDisk(host: UmlHost, spec: VmSpec, diskId: DiskId, control: Control): Promise<void> {
  const to = withoutDisk(spec, diskId)
  const { disks } = planVm(spec, host.nodeId)
  const { specHash } = planVm(to, host.nodeId)
  const { record, isDone } = await stateToChange(host, spec, to)
  const planned = plannedOf(disks, diskId)
  const guest = await untilDevicesCanChange(host, record, control)
  const main = hearing(guest)
  throwIfCancelled(control)
  const placed = isDone ? undefined : disksOf(record).find(({ id }) => id === diskId)
  const isOwed = placed !== undefined && guest?.paused?.disks.includes(diskId) === false
  if (placed !== undefined && guest?.paused !== undefined && !isOwed) throw heldByPaused('disk')
  await control.checkpoint({ step: 'detach' })
  throwIfCancelled(control)
  if (main !== undefined && placed !== undefined) await takeDisk(host, record, main, placed)
  if (!isDone) {
    const left = record.disks.filter(({ id }) => id !== diskId)
    await writeRecord(host, { ...record, specHash, disks: left })
    await assertKept(host, spec.instanceId, specHash)
  }
  // One that was in its command line came back if the guest booted anew meanwhile; its file stays until it is taken too.
  if (guest !== undefined && !isOwed) {
    await takeStray(host, record, guest, planned).catch((error: unknown) => {
      throw withEffect(anyDriverError(error), 'partial')
    })
  }
  await removeDiskFiles(host, spec.instanceId, diskId)
}

/** Of a VM that has the disk: also after a crash between its record and its guest. */
async function giveAgain(
  host: UmlHost,
  record: VmRecord,
  main: GuestProcess | undefined,
  diskId: DiskId,
): Promise<void> {
  const placed = disksOf(record).find(({ id }) => id === diskId)
  if (main !== undefined && placed !== undefined) await giveDisk(host, record, main, placed)
}

function placeOf(host: UmlHost, record: VmRecord, planned: PlannedDisk, guest: GuestToChange | undefined): PlacedDisk {
  const commandLine = guest === undefined ? [] : commandLineOf(guest.main)
  return { ...recordOfDisk(planned), unit: freeUnit(host, record, planned, commandLine) }
}

async function takeStray(
  host: UmlHost,
  record: VmRecord,
  { main, paused }: GuestToChange,
  { file }: PlannedDisk,
): Promise<void> {
  const path = diskPath(host, record.instanceId, file)
  const unit = unitByCommandLine(path, commandLineOf(main))
  if (unit === undefined) return
  if (paused !== undefined) {
    // One that was taken has no file any more.
    if (existsSync(path)) throw heldByPaused('disk')
    return
  }
  await takeDisk(host, record, main, { unit, file }).catch((error: unknown) => {
    if (isAlive(main)) throw error
  })
}

/** The VM as it was before the attach that failed. @returns what to throw */
async function takenBack(
  host: UmlHost,
  record: VmRecord,
  { main, placed }: { readonly main: GuestProcess | undefined; readonly placed: PlacedDisk },
  error: DriverError,
): Promise<DriverError> {
  try {
    if ((await requireRecord(host, record.instanceId)).specHash !== record.specHash) {
      if (main !== undefined && isAlive(main)) await takeDisk(host, record, main, placed)
      await writeRecord(host, record)
    }
    await removeDiskFiles(host, record.instanceId, placed.id)
    return withEffect(error, 'none')
  } catch (cleanUpError) {
    host.log.warn({ instanceId: record.instanceId, error: cleanUpError }, 'could not take back a disk')
    return withEffect(error, 'partial')
  }
}

function plannedOf(disks: readonly PlannedDisk[], diskId: DiskId): PlannedDisk {
  const planned = disks.find(({ id }) => id === diskId)
  if (planned === undefined) throw new DriverError('BUG', 'A disk has no plan.', { effect: 'none' })
  return planned
}

function byUnit(disks: readonly PlacedDisk[]): readonly PlacedDisk[] {
  return [...disks].sort((a, b) => a.unit - b.unit)
}
