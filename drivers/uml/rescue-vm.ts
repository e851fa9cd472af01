/**
 * rescue: a disk made of another image comes before the VM's own; unrescue takes it away. Both converge from any point: the
 * record changes as a whole, and the disk is made anew.
 */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import { rescueDiskId, type RescueImage, type VmSpec } from '../../src/driver/vm-spec.ts'
import { conflict, throwIfCancelled, unsupported, withEffect, wrongState } from '../local/refusals.ts'
import { anyDriverError } from '../local/storage-error.ts'
import { makeDisk } from './build-vm.ts'
import { removeDiskFiles } from './disk-files.ts'
import type { UmlHost } from './host.ts'
import { planDisk, planVm } from './vm-plan.ts'
import type { VmRecord } from './vm-record.ts'
import { powerNow, recordOfDisk, requireRecord, writeRecord } from './vm-record.ts'

export async function rescueVm(host: UmlHost, spec: VmSpec, image: RescueImage, control: Control): Promise<void> {
  // The kernel's parameters say which disk is the root: the first.
  if (image.as !== undefined) throw unsupported('The rescue disk can only take the first place.')
  const source = { kind: 'image', image } as const
  const disk = planDisk({ id: rescueDiskId, source, sizeBytes: image.virtualSizeBytes })
  planVm({ ...spec, disks: [...spec.disks, { id: rescueDiskId, source, sizeBytes: disk.sizeBytes }] }, host.nodeId)
  const record = await requireOff(host, spec)
  throwIfCancelled(control)
  const { rescue: earlier, ...own } = record
  // A guest is not started with a disk that is being made anew.
  if (earlier !== undefined) await writeRecord(host, own)
  await removeDiskFiles(host, spec.instanceId, rescueDiskId)
  try {
    await makeDisk(host, own, disk, control)
    throwIfCancelled(control, 'partial')
    await writeRecord(host, { ...own, rescue: recordOfDisk(disk) })
  } catch (error) {
    // A disk that no record names would stay for ever.
    if ((await requireRecord(host, spec.instanceId)).rescue === undefined)
      await removeDiskFiles(host, spec.instanceId, rescueDiskId)
    throw withEffect(anyDriverError(error), earlier === undefined ? 'none' : 'partial')
  }
  if ((await requireRecord(host, spec.instanceId)).rescue === undefined) throw unchanged()
}

export async function unrescueVm(host: UmlHost, spec: VmSpec, control: Control): Promise<void> {
  const { rescue, ...record } = await requireOff(host, spec)
  throwIfCancelled(control)
  if (rescue !== undefined) {
    await writeRecord(host, record)
    if ((await requireRecord(host, spec.instanceId)).rescue !== undefined) throw unchanged()
  }
  await removeDiskFiles(host, spec.instanceId, rescueDiskId)
}

async function requireOff(host: UmlHost, spec: VmSpec): Promise<VmRecord> {
  const record = await requireRecord(host, spec.instanceId)
  const power = await powerNow(host, record)
  if (power !== 'off') throw wrongState(power)
  if (record.specHash !== planVm(spec, host.nodeId).specHash)
    throw conflict('The virtual machine has another specification.')
  return record
}

function unchanged(): DriverError {
  return new DriverError('HYPERVISOR', 'The host did not keep the change.', { effect: 'unknown' })
}
