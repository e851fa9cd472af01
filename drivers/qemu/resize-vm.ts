/**
 * resize: larger disks first, then the domain's new definition, which carries the mark with the new spec. It converges
 * from any point: a disk that has grown stays grown, and the definition changes as a whole.
 */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import type { VmSpec } from '../../src/driver/vm-spec.ts'
import { conflict, throwIfCancelled, wrongState } from '../local/refusals.ts'
import { backingsOf, define, markOf } from './build-vm.ts'
import { diskIds, growDrive } from './disk-files.ts'
import { claimDrives } from './drive-set.ts'
import type { QemuHost } from './host.ts'
import { diskPath } from './host.ts'
import { planHostOf, planVm } from './vm-plan.ts'
import { powerOf, requireVm } from './vm-record.ts'

export async function resizeVm(host: QemuHost, spec: VmSpec, control: Control): Promise<void> {
  const plan = planVm(spec, planHostOf(host))
  const { domain, mark } = await requireVm(host, spec.instanceId)
  if (mark.state === 'ready' && mark.specHash === plan.specHash) return
  const power = mark.state === 'ready' ? powerOf(domain) : 'building'
  if (power !== 'off' && power !== 'crashed') throw wrongState(power)
  const present = new Set(await diskIds(host, spec.instanceId))
  if (present.size !== plan.disks.length || plan.disks.some(({ id }) => !present.has(id))) {
    throw conflict('The virtual machine has other disks.')
  }
  throwIfCancelled(control)
  control.progress({ phase: 'prepare-disks' })
  const growing = plan.disks.filter(({ iso }) => iso === undefined)
  await claimDrives(host, spec.instanceId)
  for (const disk of growing) await growDrive(diskPath(host, spec.instanceId, disk.id), disk.sizeBytes)
  const standsOn = await backingsOf(host, spec.instanceId)
  await define(host, spec, plan, { ...markOf(host, spec, plan), state: 'ready' }, control, standsOn)
  if ((await requireVm(host, spec.instanceId)).mark.specHash === plan.specHash) return
  throw new DriverError('HYPERVISOR', 'The hypervisor answered success and changed nothing.', { effect: 'unknown' })
}
