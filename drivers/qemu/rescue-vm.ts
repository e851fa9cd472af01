/**
 * rescue: a disk made of another image comes before the VM's own, or behind them as the device that is asked for, in a
 * definition that carries the mark of the old spec; unrescue defines the VM as it was. Both converge from any point: the
 * definition changes as a whole, and the disk is made anew.
 */
import { offersRescueDevice } from '../../src/driver/capabilities.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import {
  rescueDiskId,
  type DiskSpec,
  type RescueDevice,
  type RescueImage,
  type VmSpec,
} from '../../src/driver/vm-spec.ts'
import { xmlFlag } from '../libvirt/constants.ts'
import { throwIfCancelled, unsupported } from '../local/refusals.ts'
import { backingsOf, define, markOf, prepareDisks } from './build-vm.ts'
import { capabilitiesOf } from './capabilities.ts'
import { findDefinedDisk } from './defined-disk.ts'
import { removeDrive } from './drive-set.ts'
import type { QemuHost } from './host.ts'
import { diskPath } from './host.ts'
import { planHostOf, planVm, type PlannedDisk, type VmPlan } from './vm-plan.ts'
import { powerOf, requireVm } from './vm-record.ts'

/** The firmware boots from no smaller disk. */
const leastBytes = 1024 ** 2

export async function rescueVm(host: QemuHost, spec: VmSpec, image: RescueImage, control: Control): Promise<void> {
  const plan = planOf(host, spec)
  const rescued = withRescueDisk(spec, image)
  const rescuedPlan = planRescue(host, rescued, image.as)
  await requireOff(host, spec, plan)
  throwIfCancelled(control)
  await removeDrive(host, spec.instanceId, rescueDiskId)
  await prepareDisks(host, spec.instanceId, rescuedPlan.disks.filter(isRescueDisk), control)
  const standsOn = await backingsOf(host, spec.instanceId)
  await define(host, rescued, rescuedPlan, { ...markOf(host, spec, plan), state: 'ready' }, control, standsOn)
  if (await hasRescueDisk(host, spec.instanceId)) return
  throw unchanged()
}

export async function unrescueVm(host: QemuHost, spec: VmSpec, control: Control): Promise<void> {
  const plan = planOf(host, spec)
  await requireOff(host, spec, plan)
  throwIfCancelled(control)
  if (await hasRescueDisk(host, spec.instanceId)) {
    const standsOn = await backingsOf(host, spec.instanceId)
    await define(host, spec, plan, { ...markOf(host, spec, plan), state: 'ready' }, control, standsOn)
    if (await hasRescueDisk(host, spec.instanceId)) throw unchanged()
  }
  await removeDrive(host, spec.instanceId, rescueDiskId)
}

function withRescueDisk(spec: VmSpec, { as, ...image }: RescueImage): VmSpec {
  const disk: DiskSpec = {
    id: rescueDiskId,
    source: { kind: 'image', image },
    sizeBytes: Math.ceil(image.virtualSizeBytes / leastBytes) * leastBytes,
    bootIndex: 0,
    ...(as?.bus === undefined ? {} : { bus: as.bus }),
  }
  const own = spec.disks.map((each) =>
    each.bootIndex === undefined ? each : { ...each, bootIndex: each.bootIndex + 1 },
  )
  return { ...spec, disks: as === undefined ? [disk, ...own] : [...own, disk] }
}

function planRescue(host: QemuHost, rescued: VmSpec, as: RescueDevice | undefined): VmPlan {
  if (as === undefined) return planOf(host, rescued)
  const machine = { hasUefi: host.uefi !== undefined, hasControlGroups: host.hasControlGroups }
  if (!offersRescueDevice(capabilitiesOf(host.config, host.kvm.finding, machine), as))
    throw unsupported('The rescue disk cannot be such a device.')
  return planVm(rescued, { ...planHostOf(host), ...(as.kind === 'cdrom' ? { cdromId: rescueDiskId } : {}) })
}

const isRescueDisk = ({ id }: PlannedDisk): boolean => id === rescueDiskId

function planOf(host: QemuHost, spec: VmSpec): VmPlan {
  return planVm(spec, planHostOf(host))
}

async function requireOff(host: QemuHost, { instanceId }: VmSpec, { specHash }: VmPlan): Promise<void> {
  const { domain, mark } = await requireVm(host, instanceId)
  const power = mark.state === 'ready' ? powerOf(domain) : 'building'
  if (power !== 'off' && power !== 'crashed') {
    throw new DriverError('WRONG_STATE', `This cannot be done while the virtual machine is ${power}.`, {
      effect: 'none',
    })
  }
  if (mark.specHash === specHash) return
  throw new DriverError('CONFLICT', 'The virtual machine has another specification.', { effect: 'none' })
}

export async function hasRescueDisk(host: QemuHost, uuid: string): Promise<boolean> {
  const xml = await host.connection.call('xml', { uuid, flags: xmlFlag.inactive })
  return findDefinedDisk(xml, diskPath(host, uuid, rescueDiskId)) !== undefined
}

function unchanged(): DriverError {
  return new DriverError('HYPERVISOR', 'The hypervisor answered success and changed nothing.', { effect: 'unknown' })
}
