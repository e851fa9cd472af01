/**
 * ensureAbsent: the domain is the first to come and the last to go, so `list()` finds every half-removed VM
 * and no file outlives its domain.
 */
import { readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { DiskId } from '../../src/driver/vm-spec.ts'
import { undefineFlag } from '../libvirt/constants.ts'
import { removeTree } from '../local/remove-tree.ts'
import { drivesPath, driveSetOf, removeDriveSet } from './drive-set.ts'
import type { QemuHost } from './host.ts'
import { diskPath, instanceDir } from './host.ts'
import { ignoreCodes } from './ignore-codes.ts'
import { domainNameOf, findVm, isActive, writeMark, type VmRecord } from './vm-record.ts'

const undefineFlags =
  undefineFlag.managedSave | undefineFlag.snapshotsMetadata | undefineFlag.checkpointsMetadata | undefineFlag.nvram

/** Converges to "not there" from any state; foreign domains are left alone. */
export async function removeVm(host: QemuHost, instanceId: string, keepDisks: readonly DiskId[] = []): Promise<void> {
  const found = await findVm(host, instanceId)
  if (found.kind !== 'ours') {
    // Undefined behind our back, or removed up to here before: its files may still be there.
    await removeFiles(host, instanceId, keepDisks)
    return await host.removeTraces(domainNameOf(instanceId))
  }
  // What comes from another host takes no mark before it is here, and is still marked as half there when it was stopped.
  if (found.mark.state === 'building' && isActive(found.domain)) await destroy(host, instanceId)
  if (found.mark.state !== 'removing') await markRemoving(host, found)
  if (isActive(found.domain)) await destroy(host, instanceId)
  await removeFiles(host, instanceId, keepDisks)
  // While the domain can still be found again: a removal that is cut here is begun anew, and does this too.
  await host.removeTraces(domainNameOf(instanceId))
  await ignoreCodes(['NOT_FOUND'], () => host.connection.call('undefine', { uuid: instanceId, flags: undefineFlags }))
  if ((await findVm(host, instanceId)).kind === 'ours') {
    throw new DriverError('HYPERVISOR', 'The hypervisor did not remove the virtual machine.', { effect: 'partial' })
  }
}

/**
 * A domain whose QEMU hangs in a call takes no mark before it is off. A disk that is full takes none at all, and what goes makes room: a
 * removal that is cut then is begun anew by whoever asked for it.
 */
async function markRemoving(host: QemuHost, { domain, mark }: VmRecord): Promise<void> {
  const { instanceId } = mark
  const write = (): Promise<void> =>
    writeMark(host, { ...mark, state: 'removing' }).catch((error: unknown) => {
      if (!(error instanceof DriverError && error.code === 'STORAGE_FULL')) throw error
      host.log.warn({ instanceId }, 'a virtual machine is removed without a mark: the disk is full')
    })
  if (!isActive(domain)) return await write()
  await write().catch(async (error: unknown) => {
    if (!(error instanceof DriverError && (error.code === 'BUSY' || error.code === 'TIMEOUT'))) throw error
    await destroy(host, instanceId)
    await write()
  })
}

/** It may have ended by itself in the meantime. */
async function destroy(host: QemuHost, instanceId: string): Promise<void> {
  await ignoreCodes(['WRONG_STATE', 'NOT_FOUND'], () => host.connection.call('destroy', { uuid: instanceId }))
}

async function removeFiles(host: QemuHost, instanceId: string, keepDisks: readonly DiskId[]): Promise<void> {
  const folder = instanceDir(host, instanceId)
  const kept = new Set(keepDisks.map((id) => diskPath(host, instanceId, id)))
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (entries === undefined) return
  if ((await driveSetOf(host, instanceId)) !== undefined) {
    // Before the link that leads there.
    if (await removeDriveSet(host, instanceId, keepDisks)) kept.add(drivesPath(host, instanceId))
    else kept.clear()
  }
  const paths = entries.map((entry) => ({ path: join(folder, entry.name), isFolder: entry.isDirectory() }))
  for (const { path, isFolder } of paths) {
    // The folder is ours; one in it is the guests' user's.
    if (!kept.has(path)) await (isFolder ? removeTree(path) : rm(path, { force: true }))
  }
  if (!paths.some(({ path }) => kept.has(path))) await rmdir(folder)
}
