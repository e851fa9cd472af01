/** The files of one VM: its folder, its disks. A disk that is there under its name is whole: it came by rename. */
import { access, chown, mkdir, readdir } from 'node:fs/promises'
import type { Qcow2Backing } from '../../src/disk/formats/qcow2/overlay.ts'
import { makeQcow2 } from '../../src/disk/formats/qcow2/overlay.ts'
import type { GuestUser } from '../libvirt/guest-user.ts'
import { writeWhole } from '../local/whole-file.ts'
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
