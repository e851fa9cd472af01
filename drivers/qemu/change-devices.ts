/**
 * attach and detach of disks and NICs. A guest that runs gets the device before the stored definition with the new mark, and
 * lets go of it before the definition without it: whoever dies in between finds the old mark, looks what the guest has, and goes on.
 */
import { rm } from 'node:fs/promises'
import { needsChange, withoutDisk, withoutNic } from '../../src/driver/device-change.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import type { DiskId, VmSpec } from '../../src/driver/vm-spec.ts'
import { delay } from '../../src/util/delay.ts'
import { xmlFlag } from '../libvirt/constants.ts'
import { diskXml, interfaceXml } from '../libvirt/domain-xml.ts'
import { throwIfCancelled, unsupported, withEffect, wrongState } from '../local/refusals.ts'
import { anyDriverError } from '../local/storage-error.ts'
import { backingsOf, define, domainDiskOf, markOf, prepareDisks } from './build-vm.ts'
import { findDisk, findNic, takenTargets, type DefinedDevice } from './defined-devices.ts'
import { removeDrive } from './drive-set.ts'
import type { QemuHost } from './host.ts'
import { diskPath, isoPath } from './host.ts'
import { hasRescueDisk } from './rescue-vm.ts'
import { planHostOf, planVm, targetNames, type Bus, type PlannedDisk, type VmPlan } from './vm-plan.ts'
import { isActive, powerOf, requireVm, writeMark } from './vm-record.ts'

const pollMs = 100
/** How long a guest may take to let go of a device before it counts as one that does not. */
const letGoMs = 5_000
/** What the machine's own buses take and give while a guest runs. */
const hotBuses: readonly string[] = ['virtio', 'scsi']

interface Device {
  /** In the XML of a domain. */
  readonly find: (xml: string) => DefinedDevice | undefined
  /** @throws DriverError UNSUPPORTED for what cannot change while its guest runs */
  readonly assertHot: () => void
  /** @param xml of the domain that runs @throws DriverError UNSUPPORTED when it has no place left */
  readonly liveXml: (xml: string) => string
  readonly prepare: () => Promise<void>
  readonly remove: () => Promise<void>
}

export async function attachDisk(host: QemuHost, spec: VmSpec, diskId: DiskId, control: Control): Promise<void> {
  const plan = planOf(host, spec)
  await attach(
    host,
    { from: withoutDisk(spec, diskId), to: spec, plan },
    await diskDevice(host, spec, plan, diskId, control),
    control,
  )
}

export async function detachDisk(host: QemuHost, spec: VmSpec, diskId: DiskId, control: Control): Promise<void> {
  const to = withoutDisk(spec, diskId)
  const device = await diskDevice(host, spec, planOf(host, spec), diskId, control)
  await detach(host, { from: spec, to, plan: planOf(host, to) }, device, control)
}

export async function attachNic(host: QemuHost, spec: VmSpec, nicId: string, control: Control): Promise<void> {
  const plan = planOf(host, spec)
  await attach(host, { from: withoutNic(spec, nicId), to: spec, plan }, nicDevice(spec, plan, nicId), control)
}

export async function detachNic(host: QemuHost, spec: VmSpec, nicId: string, control: Control): Promise<void> {
  const to = withoutNic(spec, nicId)
  const device = nicDevice(spec, planOf(host, spec), nicId)
  await detach(host, { from: spec, to, plan: planOf(host, to) }, device, control)
}

interface Change {
  readonly from: VmSpec
  readonly to: VmSpec
  /** Of `to`. */
  readonly plan: VmPlan
}

async function attach(host: QemuHost, change: Change, device: Device, control: Control): Promise<void> {
  const state = await stateToChange(host, change)
  const uuid = change.to.instanceId
  const [live, stored] = [await liveXmlOf(host, uuid), await storedXmlOf(host, uuid)]
  const isInGuest = live !== undefined && device.find(live) !== undefined
  if (state === 'done' && (live === undefined || isInGuest)) return
  if (live !== undefined) device.assertHot()
  const xml = live === undefined || isInGuest ? undefined : device.liveXml(live)
  const isNew = state === 'change' && !isInGuest && device.find(stored) === undefined
  throwIfCancelled(control)
  if (isNew) {
    await device.remove() // of an earlier try that nobody finished, with what it was to be then
    await orNothing(device, async () => {
      await device.prepare()
      throwIfCancelled(control)
    })
  }
  if (xml !== undefined) {
    await control.checkpoint({ step: 'attach' })
    if (isNew) await orNothing(device, async () => throwIfCancelled(control))
    throwIfCancelled(control)
    await host.connection.call('attachDevice', { uuid, xml }).catch(async (error: unknown) => {
      const now = await liveXmlOf(host, uuid)
      // Libvirt may fail after the guest got it: then it stays what it has, for the next try.
      if (now !== undefined && device.find(now) !== undefined) throw withEffect(anyDriverError(error), 'unknown')
      if (isNew) await device.remove()
      throw withEffect(anyDriverError(error), 'none')
    })
  }
  if (state === 'done') return
  const isThere = (now: string): boolean => device.find(now) !== undefined
  await store(host, change, isThere, control).catch((error: unknown) => {
    throw withEffect(anyDriverError(error), 'partial')
  })
}

/** Looks at the guest also where the definition is as it shall be: an attach that was cut short has given it the device. */
async function detach(host: QemuHost, change: Change, device: Device, control: Control): Promise<void> {
  const state = await stateToChange(host, change)
  const live = await liveXmlOf(host, change.to.instanceId)
  throwIfCancelled(control)
  if (live !== undefined && device.find(live) !== undefined) {
    device.assertHot()
    await control.checkpoint({ step: 'detach' })
    await letGo(host, change.to.instanceId, device, control)
  }
  // What was saved of it may name the disk, after an attach that was cut short.
  if (powerOf((await requireVm(host, change.to.instanceId)).domain) === 'suspended') throw wrongState('suspended')
  const isGone = (now: string): boolean => device.find(now) === undefined
  if (state === 'change') await store(host, change, isGone, control)
  await device.remove()
}

/** What was prepared for it is gone again when it fails. */
async function orNothing(device: Device, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    await device.remove()
    throw withEffect(anyDriverError(error), 'none')
  }
}

/** @throws DriverError NOT_FOUND, CONFLICT, WRONG_STATE */
async function stateToChange(host: QemuHost, { from, to }: Change): Promise<'done' | 'change'> {
  const { domain, mark } = await requireVm(host, to.instanceId)
  if (mark.state !== 'ready') throw wrongState('building')
  if (!needsChange(mark.specHash, from, to)) return 'done'
  const power = powerOf(domain)
  if (power === 'suspended') throw wrongState(power)
  if (await hasRescueDisk(host, to.instanceId)) {
    throw new DriverError('WRONG_STATE', 'This cannot be done while the virtual machine is rescued.', {
      effect: 'none',
    })
  }
  return 'change'
}

/** The definition changes as a whole; the running domain carries a mark of its own. */
async function store(
  host: QemuHost,
  { to, plan }: Change,
  isThere: (xml: string) => boolean,
  control: Control,
): Promise<void> {
  const standsOn = await backingsOf(host, to.instanceId)
  const mark = { ...markOf(host, to, plan), state: 'ready' } as const
  await define(host, to, plan, mark, control, standsOn)
  await writeMark(host, mark)
  const { specHash } = (await requireVm(host, to.instanceId)).mark
  if (specHash === plan.specHash && isThere(await storedXmlOf(host, to.instanceId))) return
  throw new DriverError('HYPERVISOR', 'The hypervisor answered success and changed nothing.', { effect: 'unknown' })
}

/** Asks the guest and waits until it has let go. @throws DriverError BUSY */
async function letGo(host: QemuHost, uuid: string, device: Device, control: Control): Promise<void> {
  const deadline = performance.now() + letGoMs
  let refused: string | undefined
  let isAsked = false
  for (;;) {
    const live = await liveXmlOf(host, uuid)
    const found = live === undefined ? undefined : device.find(live)
    if (found === undefined) return
    throwIfCancelled(control, isAsked ? 'partial' : 'none')
    if (performance.now() > deadline) break
    if (!isAsked) refused = await askToLetGo(host, uuid, found)
    isAsked = true
    await delay(pollMs, control.signal)
  }
  const options = refused === undefined ? {} : { native: refused }
  throw new DriverError('BUSY', 'The guest does not let go of the device.', { effect: 'none', ...options })
}

/** One that was asked before and has not answered is refused anew: that too is for the wait to find out. */
async function askToLetGo(host: QemuHost, uuid: string, { alias }: DefinedDevice): Promise<string | undefined> {
  try {
    await host.connection.call('detachDevice', { uuid, alias: alias ?? '' })
    return undefined
  } catch (error) {
    if (error instanceof DriverError && ['HYPERVISOR', 'NOT_FOUND', 'WRONG_STATE'].includes(error.code))
      return error.native ?? error.message
    throw error
  }
}

/** undefined when no QEMU runs for it. */
async function liveXmlOf(host: QemuHost, uuid: string): Promise<string | undefined> {
  const { domain } = await requireVm(host, uuid)
  return isActive(domain) ? await host.connection.call('xml', { uuid }) : undefined
}

async function storedXmlOf(host: QemuHost, uuid: string): Promise<string> {
  return await host.connection.call('xml', { uuid, flags: xmlFlag.inactive })
}

async function diskDevice(
  host: QemuHost,
  spec: VmSpec,
  plan: VmPlan,
  diskId: DiskId,
  control: Control,
): Promise<Device> {
  const index = plan.disks.findIndex(({ id }) => id === diskId)
  const planned = plan.disks[index]
  if (planned === undefined) throw new DriverError('BUG', 'A disk has no plan.', { effect: 'none' })
  const path = filePath(host, spec.instanceId, planned)
  const disk = await domainDiskOf(host, spec.instanceId, planned, plan.domainDisks[index])
  return {
    find: (xml) => findDisk(xml, path),
    assertHot: () => {
      if (disk.device === 'cdrom' || !hotBuses.includes(disk.bus))
        throw unsupported(`Disks on the bus ${disk.bus} cannot change while the virtual machine runs.`)
    },
    liveXml: (xml) => {
      const { bootOrder: _onlyStored, ...rest } = disk
      return diskXml({ ...rest, target: freeTarget(disk.bus, takenTargets(xml)) })
    },
    prepare: () => prepareDisks(host, spec.instanceId, [planned], control),
    remove: () => (planned.iso === undefined ? removeDrive(host, spec.instanceId, diskId) : rm(path, { force: true })),
  }
}

/** What names the guest's disks are in its own definition: those of a guest that runs have gaps and other orders. */
function freeTarget(bus: Bus, taken: ReadonlySet<string>): string {
  const free = targetNames(bus).find((name) => !taken.has(name))
  if (free === undefined) throw unsupported('The virtual machine has no place for another disk while it runs.')
  return free
}

function filePath(host: QemuHost, instanceId: string, { id, iso }: PlannedDisk): string {
  return iso === undefined ? diskPath(host, instanceId, id) : isoPath(host, instanceId, id)
}

function nicDevice(spec: VmSpec, plan: VmPlan, nicId: string): Device {
  const nic = plan.interfaces[spec.nics.findIndex(({ id }) => id === nicId)]
  if (nic === undefined) throw new DriverError('BUG', 'A NIC has no plan.', { effect: 'none' })
  const nothing = async (): Promise<void> => {}
  return {
    find: (xml) => findNic(xml, nic.macAddress),
    assertHot: () => {},
    liveXml: () => interfaceXml(nic),
    prepare: nothing,
    remove: nothing,
  }
}

function planOf(host: QemuHost, spec: VmSpec): VmPlan {
  return planVm(spec, planHostOf(host))
}
