/** The files of one VM: its folder, its disks. A disk that is there under its name is whole: it came by rename. */
import { access, chmod, chown, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { growQcow2 } from '../../src/disk/formats/qcow2/grow.ts'
import type { Qcow2Backing } from '../../src/disk/formats/qcow2/overlay.ts'
import { makeQcow2 } from '../../src/disk/formats/qcow2/overlay.ts'
import { convertDisk, DiskError } from '../../src/disk/index.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { GuestUser } from '../libvirt/guest-user.ts'
import { throwIfCancelled } from '../local/refusals.ts'
import { syncFolder, writeWhole } from '../local/whole-file.ts'
import { linkDrive } from './drive-set.ts'
import type { QemuHost } from './host.ts'
import { consoleDir, diskPath, instanceDir } from './host.ts'

/**
 * The VM's folder. It stays ours, so that nothing in it can be exchanged by a guest's user;
 * only the console's folder, in which libvirt's log daemon makes files, is theirs.
 */
export async function makeInstanceDir(host: QemuHost, instanceId: string): Promise<void> {
  await mkdir(instanceDir(host, instanceId), { recursive: true, mode: 0o711 })
  const folder = consoleDir(host, instanceId)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (needsHandOver(host.guestUser)) await chown(folder, host.guestUser.uid, host.guestUser.gid)
}

/** Of the VM's disks that are there. */
export async function diskIds(host: QemuHost, instanceId: string): Promise<readonly string[]> {
  const names = await readdir(instanceDir(host, instanceId))
  return names.flatMap((name) => /^(.+)\.(?:qcow2|iso)$/.exec(name)?.[1] ?? [])
}

/** Makes an empty qcow2 file of that size, over a backing file where there is one. Does nothing when it is there. */
export async function makeDisk(
  host: QemuHost,
  instanceId: string,
  disk: { readonly id: string; readonly sizeBytes: number; readonly backing?: Qcow2Backing },
): Promise<void> {
  await makeFile(host, diskPath(host, instanceId, disk.id), makeQcow2(disk))
}

export interface Copying {
  readonly signal: AbortSignal
  readonly onProgress: (doneBytes: number) => void
}

/**
 * A drive in a set that hosts share: whole, since another host has no such image under it. Does nothing when it is there.
 * @param disk.image a file that is this host's own
 */
export async function makeSharedDrive(
  host: QemuHost,
  instanceId: string,
  folder: string,
  disk: { readonly id: string; readonly sizeBytes: number; readonly image?: Qcow2Backing },
  copying: Copying,
): Promise<void> {
  const { id, sizeBytes, image } = disk
  const path = join(folder, `${id}.qcow2`)
  if (!(await exists(path))) {
    if (image === undefined) await makeFile(host, path, makeQcow2({ sizeBytes }))
    else await copyWhole(host, image, path, sizeBytes, copying)
  }
  await linkDrive(host, instanceId, id)
}

async function copyWhole(
  host: QemuHost,
  image: Qcow2Backing,
  path: string,
  sizeBytes: number,
  { signal, onProgress }: Copying,
): Promise<void> {
  const part = `${path}.part`
  try {
    await convertDisk({
      source: image.path,
      format: image.format,
      target: part,
      targetFormat: 'qcow2',
      signal,
      onProgress: ({ doneBytes }) => onProgress(doneBytes),
    })
    await growDrive(part, sizeBytes)
    await chmod(part, 0o600)
    if (needsHandOver(host.guestUser)) await chown(part, host.guestUser.uid, host.guestUser.gid)
    await rename(part, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(part, { force: true })
    throwIfCancelled({ signal })
    if (error instanceof DiskError) throw new DriverError('IMAGE_BAD', error.message, { effect: 'none', cause: error })
    throw error
  }
}

/** @throws DriverError UNSUPPORTED */
export async function growDrive(path: string, sizeBytes: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await growQcow2(file, sizeBytes)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new DriverError('UNSUPPORTED', 'A disk of the virtual machine cannot grow that far.', {
      effect: 'none',
      cause: error,
    })
  } finally {
    await file.close()
  }
}

/** For its guest alone. Does nothing when it is there. */
export async function makeFile(host: QemuHost, path: string, content: Uint8Array): Promise<void> {
  if (await exists(path)) return
  await writeWhole(path, content, { mode: 0o600, owner: needsHandOver(host.guestUser) ? host.guestUser : undefined })
}

export function needsHandOver(user: GuestUser | undefined): user is GuestUser {
  return user !== undefined && user.uid !== process.getuid?.()
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
