/** ensureAbsent: the record is the first to come and the last to go, so `list()` finds every half-removed VM. */
import { lchown, readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskId } from '../../src/driver/vm-spec.ts'
import { removeTree } from '../local/remove-tree.ts'
import { storageError } from '../local/storage-error.ts'
import { endGuest } from './guest.ts'
import type { UmlHost } from './host.ts'
import { instanceDir, recordPath } from './host.ts'
import { diskFile, diskKinds, readRecord, writeRecord, type VmRecord } from './vm-record.ts'

/** Converges to "not there" from any state. Without a record there may still be disks that were kept. */
export async function removeVm(host: UmlHost, instanceId: string, keepDisks: readonly DiskId[] = []): Promise<void> {
  const record = await readRecord(host, instanceId)
  if (record !== undefined) {
    if (record.state !== 'removing') await markRemoving(host, record)
    await endGuest(host, record)
  }
  const folder = instanceDir(host, instanceId)
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (names === undefined) return
  const paths = names.map((name) => join(folder, name))
  const kept = new Set(keepDisks.flatMap((id) => diskKinds.map((kind) => join(folder, diskFile(id, kind)))))
  const last = recordPath(host, instanceId)
  await host.native.run(async () => {
    // Its user will be another VM's.
    if (process.getuid?.() === 0) for (const path of paths) if (kept.has(path)) await lchown(path, 0, 0)
    for (const path of paths) {
      if (path !== last && !kept.has(path)) await removeTree(path)
    }
  })
  await host.native.run(() => rm(last, { force: true }))
  host.owed.delete(instanceId)
  if (!paths.some((path) => kept.has(path))) await rmdir(folder)
}

/** A disk that is full takes no mark, and what goes makes room: a removal that is cut then is begun anew by whoever asked for it. */
async function markRemoving(host: UmlHost, record: VmRecord): Promise<void> {
  try {
    await writeRecord(host, { ...record, state: 'removing' })
  } catch (error) {
    if (storageError(error)?.code !== 'STORAGE_FULL') throw error
    host.log.warn({ instanceId: record.instanceId }, 'a virtual machine is removed without a mark: the disk is full')
  }
}
