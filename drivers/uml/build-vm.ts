/**
 * ensurePresent: identity first (the record, state `building`), then images and disks, then `ready`. Every step looks at
 * what is there already, so it converges from any point at which an earlier try ended.
 */
import { access, lchown, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import type { VmHandle, VmSpec } from '../../src/driver/vm-spec.ts'
import { anyDriverError } from '../local/storage-error.ts'
import { syncFolder, writeWhole } from '../local/whole-file.ts'
import { chooseUid, ownerOf } from './as-guest.ts'
import { conflict, throwIfCancelled, withEffect } from '../local/refusals.ts'
import { writeCow } from './cow.ts'
import { baseOf, makeBase } from './disk-bases.ts'
import { isForeign } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { diskPath, instanceDir } from './host.ts'
import { removeVm } from './remove-vm.ts'
import type { PlannedDisk, VmPlan } from './vm-plan.ts'
import { planVm } from './vm-plan.ts'
import type { VmRecord } from './vm-record.ts'
import { handleOf, readRecord, recordOfDisk, requireRecord, writeRecord } from './vm-record.ts'

export async function ensurePresent(host: UmlHost, spec: VmSpec, control: Control): Promise<VmHandle> {
  const plan = planVm(spec, host.nodeId)
  throwIfCancelled(control)
  const { instanceId } = spec
  if (await isForeign(host, instanceId)) throw conflict('A virtual machine that is not ours has this identity.')
  const found = await readRecord(host, instanceId)
  if (found !== undefined) {
    if (found.specHash !== plan.specHash) throw conflict('The virtual machine exists with another specification.')
    if (found.state === 'removing') throw conflict('The virtual machine is being removed.')
    if (found.state === 'ready') return handleOf(instanceId)
  }
  try {
    const record = found ?? (await define(host, spec, plan, control))
    for (const disk of plan.disks) await makeDisk(host, record, disk, control)
    throwIfCancelled(control, 'partial')
    await writeRecord(host, { ...record, state: 'ready' })
    if ((await requireRecord(host, instanceId)).state === 'ready') return handleOf(instanceId)
    throw new DriverError('HYPERVISOR', 'The host did not keep the virtual machine.', { effect: 'unknown' })
  } catch (error) {
    throw await afterCleanUp(host, instanceId, anyDriverError(error))
  }
}

async function define(host: UmlHost, spec: VmSpec, plan: VmPlan, control: Control): Promise<VmRecord> {
  control.progress({ phase: 'define' })
  await control.checkpoint({ step: 'define' })
  throwIfCancelled(control)
  await chooseUid(host, async (uid) => {
    await host.native.run(() => mkdir(instanceDir(host, spec.instanceId), { recursive: true, mode: 0o711 }))
    await writeRecord(host, recordOf(spec, plan, uid))
  })
  return await requireRecord(host, spec.instanceId)
}

export function recordOf({ instanceId, name, memoryBytes }: VmSpec, plan: VmPlan, uid: number | null): VmRecord {
  const { specHash, kernelArgs } = plan
  const disks = plan.disks.map((disk, unit) => ({ ...recordOfDisk(disk), unit }))
  const nics = plan.nics.map((nic, unit) => ({ ...nic, unit }))
  return { instanceId, name, specHash, state: 'building', uid, memoryBytes, disks, nics, kernelArgs }
}

/** Where it is there already, it stays as it is. */
export async function makeDisk(host: UmlHost, record: VmRecord, disk: PlannedDisk, control: Control): Promise<void> {
  const { image, iso, sizeBytes, file } = disk
  const path = diskPath(host, record.instanceId, file)
  if (image !== undefined) {
    control.progress({ phase: 'fetch-image', doneBytes: 0, totalBytes: image.sizeBytes })
    await makeBase(host, image, sizeBytes, control)
  }
  throwIfCancelled(control, 'partial')
  control.progress({ phase: 'prepare-disks' })
  if (await isThere(path)) {
    // Kept of a VM that had another user.
    const owner = ownerOf(record)
    if (owner !== undefined) await lchown(path, owner.uid, owner.gid)
    return
  }
  await host.native.run(() => {
    if (iso !== undefined) return writeWhole(path, iso, { mode: 0o400, owner: ownerOf(record) })
    return makeFile(path, record, async (handle) => {
      if (image === undefined) await handle.truncate(sizeBytes)
      else await writeCow(handle, baseOf(host, image, sizeBytes))
    })
  })
}

type Writer = (handle: Awaited<ReturnType<typeof open>>) => Promise<void>

/** A disk, whole when it is there under its name, that its guest may write. */
export async function makeFile(path: string, record: VmRecord, write: Writer): Promise<void> {
  const part = `${path}.part`
  await rm(part, { force: true })
  const handle = await open(part, 'wx+', 0o600)
  try {
    await write(handle)
    const owner = ownerOf(record)
    if (owner !== undefined) await handle.chown(owner.uid, owner.gid)
    await handle.sync()
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await rename(part, path)
  await syncFolder(dirname(path))
}

/** Nothing half made stays behind. */
async function afterCleanUp(host: UmlHost, instanceId: string, error: DriverError): Promise<DriverError> {
  try {
    await removeVm(host, instanceId)
    return withEffect(error, 'none')
  } catch (cleanUpError) {
    host.log.warn({ instanceId, error: cleanUpError }, 'could not remove a half-built virtual machine')
    return withEffect(error, 'partial')
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
