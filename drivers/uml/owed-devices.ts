/** Devices that a guest's record has and the guest not: attached while it was paused, or before it booted anew by itself. */
import type { Listener } from './guest-disks.ts'
import { giveDisk, giveMissingDisks, knowsDisks } from './guest-disks.ts'
import { giveMissingNics, giveNic, takeNic } from './guest-nics.ts'
import type { UmlHost } from './host.ts'
import type { Devices } from './paused-record.ts'
import type { GuestProcess } from './proc.ts'
import type { VmRecord } from './vm-record.ts'

/**
 * To a guest that has just gone on. What it cannot be given now, because it is still booting or does not answer, the watch gives it.
 * @param had when it was paused
 */
export async function giveOwed(host: UmlHost, record: VmRecord, main: GuestProcess, had: Devices): Promise<void> {
  const disks = record.disks.filter(({ id }) => !had.disks.includes(id))
  const nics = record.nics.filter(({ id }) => !had.nics.includes(id))
  if (disks.length + nics.length === 0) return
  host.owed.add(record.instanceId)
  try {
    if (!(await knowsDisks(host, record))) return
    for (const disk of disks) await giveDisk(host, record, main, disk)
    for (const nic of nics) {
      // As attach does: what is at its place may be another one.
      await takeNic(host, record, main, nic)
      await giveNic(host, record, main, nic)
    }
    host.owed.delete(record.instanceId)
  } catch (error) {
    host.log.warn(
      { instanceId: record.instanceId, error },
      'a guest could not be given what was attached while it was paused',
    )
  }
}

/** Whatever it lacks. @returns false when it is too early for that */
export async function giveMissing(host: UmlHost, record: VmRecord, main: Listener): Promise<boolean> {
  if (!(await giveMissingDisks(host, record, main))) return false
  if (!(await giveMissingNics(host, record, main))) return false
  host.owed.delete(record.instanceId)
  return true
}
