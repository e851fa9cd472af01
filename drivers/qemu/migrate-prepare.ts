/** At the destination: the guest's definition, half there by its mark, and files for its disks, which stand on nothing. */
import type { Control } from '../../src/driver/driver.ts'
import type { VmSpec } from '../../src/driver/vm-spec.ts'
import type { Mark } from '../libvirt/mark.ts'
import { conflict, throwIfCancelled } from '../local/refusals.ts'
import { anyDriverError } from '../local/storage-error.ts'
import { afterCleanUp, define, markOf, prepareDisks } from './build-vm.ts'
import { hasJoined } from './drive-set.ts'
import type { QemuHost } from './host.ts'
import { makeVariables } from './uefi.ts'
import { planHostOf, planVm } from './vm-plan.ts'
import { findVm } from './vm-record.ts'

/** @returns its mark as it shall be once the guest is here */
export async function prepareArrival(host: QemuHost, spec: VmSpec, control: Control): Promise<Mark> {
  const plan = planVm(spec, planHostOf(host))
  throwIfCancelled(control)
  const mark = markOf(host, spec, plan)
  const arrived: Mark = { ...mark, state: 'ready' }
  const found = await findVm(host, spec.instanceId)
  if (found.kind === 'foreign') throw conflict('A virtual machine that is not ours has this identity.')
  if (found.kind === 'ours') {
    if (found.mark.specHash !== plan.specHash) throw conflict('The virtual machine exists with another specification.')
    if (found.mark.state === 'removing') throw conflict('The virtual machine is being removed.')
    if (found.mark.state === 'ready') return arrived
  }
  try {
    if (found.kind === 'absent') await define(host, spec, plan, mark, control, () => undefined)
    // Drives come as they are, from the source.
    const disks = plan.disks.filter(({ iso }) => iso === undefined).map((disk) => ({ ...disk, image: undefined }))
    if (!(await hasJoined(host, spec.instanceId))) await prepareDisks(host, spec.instanceId, disks, control)
    if (plan.uefi !== undefined) await makeVariables(host, spec.instanceId, plan.uefi)
    throwIfCancelled(control)
    return arrived
  } catch (error) {
    throw await afterCleanUp(host, spec.instanceId, anyDriverError(error))
  }
}
