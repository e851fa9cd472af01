/**
 * ensurePresent: identity first (the domain with our mark, state `building`), then images and disks, then `ready`.
 * Every step looks at what is there already, so it converges from any point at which an earlier try ended.
 */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import { rescueDiskId, type VmHandle, type VmSpec } from '../../src/driver/vm-spec.ts'
import { xmlFlag } from '../libvirt/constants.ts'
import { domainXml } from '../libvirt/domain-xml.ts'
import type { DomainDisk } from '../libvirt/domain-xml.ts'
import type { Mark } from '../libvirt/mark.ts'
import { markElement } from '../libvirt/mark.ts'
import { acceleratorFor } from './accelerator.ts'
import { findDefinedDisk } from './defined-disk.ts'
import { makeDisk, makeFile, makeInstanceDir, makeSharedDrive } from './disk-files.ts'
import { hasSharedDrives, makeDriveSet } from './drive-set.ts'
import type { QemuHost } from './host.ts'
import { consoleLogPath, diskPath, isoPath } from './host.ts'
import { assertOffered } from './offered-hardware.ts'
import { removeVm } from './remove-vm.ts'
import { conflict, throwIfCancelled, withEffect } from '../local/refusals.ts'
import { anyDriverError } from '../local/storage-error.ts'
import { makeVariables, variablesPath } from './uefi.ts'
import type { PlannedDisk, VmPlan } from './vm-plan.ts'
import { planHostOf, planVm } from './vm-plan.ts'
import { domainNameOf, findVm, handleOf, handleVersion, isActive, writeMark } from './vm-record.ts'

export async function ensurePresent(host: QemuHost, spec: VmSpec, control: Control): Promise<VmHandle> {
  const plan = planVm(spec, planHostOf(host))
  throwIfCancelled(control)
  const found = await findVm(host, spec.instanceId)
  if (found.kind === 'foreign') throw conflict('A virtual machine that is not ours has this identity.')
  if (found.kind === 'ours') {
    if (found.mark.specHash !== plan.specHash) throw conflict('The virtual machine exists with another specification.')
    if (found.mark.state === 'removing') throw conflict('The virtual machine is being removed.')
    if (found.mark.state === 'ready') return handleOf(spec.instanceId)
  }
  const mark = markOf(host, spec, plan)
  try {
    // One that is half there was perhaps defined when drives were to lie elsewhere.
    if (found.kind === 'absent' || !isActive(found.domain)) await define(host, spec, plan, mark, control)
    await prepareDisks(host, spec.instanceId, plan.disks, control)
    if (plan.uefi !== undefined) await makeVariables(host, spec.instanceId, plan.uefi)
    throwIfCancelled(control)
    await writeMark(host, { ...mark, state: 'ready' })
    await assertReady(host, spec.instanceId)
    return handleOf(spec.instanceId)
  } catch (error) {
    throw await afterCleanUp(host, spec.instanceId, anyDriverError(error))
  }
}

export function markOf(host: QemuHost, spec: VmSpec, plan: VmPlan): Mark {
  return {
    instanceId: spec.instanceId,
    nodeId: host.nodeId,
    name: spec.name,
    specHash: plan.specHash,
    handleVersion,
    state: 'building',
    ...(plan.agentAdmin === undefined ? {} : { adminUser: plan.agentAdmin }),
    ...(plan.requiresQuiesce ? { requiresQuiesce: true } : {}),
  }
}

type Backing = NonNullable<DomainDisk['backing']>
/** What a disk stands on. */
export type StandsOn = (disk: PlannedDisk) => Backing | undefined

/**
 * Also anew, in one step, for a domain that is there.
 * @param standsOn what a disk of that id stands on; by default what the plan says, and nothing where hosts share it
 */
export async function define(
  host: QemuHost,
  spec: VmSpec,
  plan: VmPlan,
  mark: Mark,
  control: Control,
  standsOn?: StandsOn,
): Promise<void> {
  const wanted = acceleratorFor(spec.imageProperties, host.config, host.kvm.finding)
  const accelerator = await assertOffered(host, spec, plan, wanted)
  control.progress({ phase: 'define' })
  await control.checkpoint({ step: 'define' })
  throwIfCancelled(control)
  const isShared = await hasSharedDrives(host, spec.instanceId)
  const onWhat = standsOn ?? plannedBackings(host, isShared)
  const xml = domainXml({
    ...accelerator,
    uuid: spec.instanceId,
    name: domainNameOf(spec.instanceId),
    title: spec.name,
    metadata: [markElement(mark)],
    memoryBytes: spec.memoryBytes,
    vcpus: spec.vcpus,
    ...(spec.limits?.cpu === undefined ? {} : { cpuLimits: spec.limits.cpu }),
    architecture: 'x86_64',
    machine: plan.machine,
    video: plan.video,
    ...(plan.uefi === undefined
      ? {}
      : { uefi: { code: plan.uefi.code, variables: variablesPath(host, spec.instanceId) } }),
    disks: plan.disks.map((disk, index) =>
      domainDisk(host, spec.instanceId, disk, plan.domainDisks[index], { backing: onWhat(disk), isShared }),
    ),
    interfaces: plan.interfaces,
    hasAgentChannel: plan.agentAdmin !== undefined,
    consoleLogPath: consoleLogPath(host, spec.instanceId),
  })
  await host.connection.call('define', { xml })
}

/** What a disk of a VM that is there was made of is settled: its spec may not say it any more. The rescue disk is made anew. */
export async function backingsOf(host: QemuHost, uuid: string): Promise<StandsOn> {
  const xml = await host.connection.call('xml', { uuid, flags: xmlFlag.inactive })
  const planned = plannedBackings(host, await hasSharedDrives(host, uuid))
  return (disk) => {
    const defined = disk.id === rescueDiskId ? undefined : findDefinedDisk(xml, diskPath(host, uuid, disk.id))
    return defined === undefined ? planned(disk) : defined.backing
  }
}

function plannedBackings(host: QemuHost, isShared: boolean): StandsOn {
  return (disk) => (isShared ? undefined : backingOf(host, disk))
}

/** A disk as it will be defined, on what the plan says. */
export async function domainDiskOf(
  host: QemuHost,
  instanceId: string,
  disk: PlannedDisk,
  place: VmPlan['domainDisks'][number] | undefined,
): Promise<DomainDisk> {
  const isShared = await hasSharedDrives(host, instanceId)
  return domainDisk(host, instanceId, disk, place, { backing: plannedBackings(host, isShared)(disk), isShared })
}

interface DriveFile {
  readonly backing: Backing | undefined
  readonly isShared: boolean
}

function domainDisk(
  host: QemuHost,
  instanceId: string,
  disk: PlannedDisk,
  place: VmPlan['domainDisks'][number] | undefined,
  { backing, isShared }: DriveFile,
): DomainDisk {
  if (place === undefined) throw new DriverError('BUG', 'A disk has no place.', { effect: 'none' })
  if (disk.iso !== undefined) return { ...place, path: isoPath(host, instanceId, disk.id), format: 'raw' }
  return {
    ...place,
    path: diskPath(host, instanceId, disk.id),
    format: 'qcow2',
    ...(backing === undefined ? {} : { backing }),
    ...(isShared ? { isDirect: true } : {}),
  }
}

function backingOf(host: QemuHost, { image }: PlannedDisk): Backing | undefined {
  if (image === undefined) return undefined
  return { path: host.cache.pathOf(image), format: image.format === 'raw' ? 'raw' : 'qcow2' }
}

export async function prepareDisks(
  host: QemuHost,
  instanceId: string,
  disks: readonly PlannedDisk[],
  control: Control,
): Promise<void> {
  for (const { image } of disks) {
    if (image === undefined) continue
    control.progress({ phase: 'fetch-image', doneBytes: 0, totalBytes: image.sizeBytes })
    await host.cache.fetch(image, {
      source: control.images,
      signal: control.signal,
      onProgress: (doneBytes, totalBytes) => control.progress({ phase: 'fetch-image', doneBytes, totalBytes }),
    })
  }
  throwIfCancelled(control)
  control.progress({ phase: 'prepare-disks' })
  await makeInstanceDir(host, instanceId)
  const isShared = await hasSharedDrives(host, instanceId)
  const set = isShared ? await makeDriveSet(host, instanceId) : undefined
  const sizeOf = ({ image }: PlannedDisk): number => image?.virtualSizeBytes ?? 0
  const totalBytes = disks.reduce((sum, disk) => sum + sizeOf(disk), 0)
  let beforeBytes = 0
  for (const disk of disks) {
    const { id, sizeBytes, iso } = disk
    const backing = backingOf(host, disk)
    if (iso !== undefined) await makeFile(host, isoPath(host, instanceId, id), iso)
    else if (set === undefined)
      await makeDisk(host, instanceId, { id, sizeBytes, ...(backing === undefined ? {} : { backing }) })
    else {
      const drive = { id, sizeBytes, ...(backing === undefined ? {} : { image: backing }) }
      const before = beforeBytes
      await makeSharedDrive(host, instanceId, set, drive, {
        signal: control.signal,
        onProgress: (bytes) =>
          control.progress({ phase: 'prepare-disks', doneBytes: Math.min(before + bytes, totalBytes), totalBytes }),
      })
      beforeBytes += sizeOf(disk)
    }
  }
}

async function assertReady(host: QemuHost, instanceId: string): Promise<void> {
  const found = await findVm(host, instanceId)
  if (found.kind === 'ours' && found.mark.state === 'ready') return
  throw new DriverError('HYPERVISOR', 'The hypervisor did not keep the virtual machine.', { effect: 'unknown' })
}

/** Nothing half made stays behind, except when the hypervisor cannot be reached; then the next try goes on from there. */
export async function afterCleanUp(host: QemuHost, instanceId: string, error: DriverError): Promise<DriverError> {
  if (error.code === 'UNREACHABLE' && host.connection.status.state !== 'connected') return error
  try {
    await removeVm(host, instanceId)
    return withEffect(error, 'none')
  } catch (cleanUpError) {
    host.log.warn({ instanceId, error: cleanUpError }, 'could not remove a half-built virtual machine')
    return withEffect(error, 'partial')
  }
}
