/**
 * The drives of one VM in a folder that several hosts see (`driverConfig.qemu.sharedDisks`). Such a set is a folder of its own,
 * `<sharedDisks>/<instance>.<random>`; the link `drives` in the VM's own folder leads to it, and each drive's usual name there leads
 * into it. Whose it is stands in the name of the one file `owner-<node>` in it, `owner-<node>-to-<other>` while the guest may be
 * leaving: a name changes whole and once, so that of two hosts that want the set one gets it. Only its owner makes, changes or
 * removes what is in it, or lets the guest run on it.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readlink, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { DiskId } from '../../src/driver/vm-spec.ts'
import { isUuid } from '../../src/model/ids.ts'
import { conflict } from '../local/refusals.ts'
import { syncFolder } from '../local/whole-file.ts'
import { diskPath, instanceDir, type QemuHost } from './host.ts'
import { assertShareThere } from './shared-storage.ts'

/** What the file in a set says by its name. */
export interface SetOwner {
  readonly node: string
  /** To whom it goes with the guest, once that is there. */
  readonly next?: string
}

type Part = Pick<QemuHost, 'instancesDir' | 'nodeId'>

const linkName = 'drives'
const uuidPattern = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const ownerPattern = new RegExp(`^owner-(${uuidPattern})(?:-to-(${uuidPattern}))?$`)
/** A name that has changed between two looks. */
const mostLooks = 5

/** Its folder; undefined for a VM whose drives are this host's alone. */
export async function driveSetOf(
  host: Pick<QemuHost, 'instancesDir'>,
  instanceId: string,
): Promise<string | undefined> {
  return await readlink(drivesPath(host, instanceId)).catch(ignore('ENOENT'))
}

/** Also of a VM that has no drive yet. Those that were made here before the folder was named stay where they are. */
export async function hasSharedDrives(host: QemuHost, instanceId: string): Promise<boolean> {
  if ((await driveSetOf(host, instanceId)) !== undefined) return true
  if (host.config.sharedDisks === undefined) return false
  const names = await readdir(instanceDir(host, instanceId)).catch(ignore('ENOENT'))
  return names?.some((name) => name.endsWith('.qcow2')) !== true
}

/**
 * The VM's set, made where it has none. The link comes first: whatever dies leaves nothing that cannot be found by it.
 * @param host with `sharedDisks`. @throws DriverError UNREACHABLE; CONFLICT when it is not this host's alone
 */
export async function makeDriveSet(host: QemuHost, instanceId: string): Promise<string> {
  const found = await driveSetOf(host, instanceId)
  const folder = found ?? join(host.config.sharedDisks ?? '', `${instanceId}.${randomUUID()}`)
  await assertShareThere(dirname(folder))
  if (found === undefined) await symlink(folder, drivesPath(host, instanceId))
  await mkdir(folder, { mode: 0o711 }).catch(ignore('EEXIST'))
  const own = { node: host.nodeId }
  const owner = await readOwner(folder)
  if (owner === undefined) {
    const file = await open(join(folder, nameOf(own)), 'w', 0o600)
    await file.close()
    await syncFolder(folder)
    await syncFolder(dirname(folder))
  } else if (!sameOwner(owner, own)) throw notOurs()
  return folder
}

/** Whether its drives are those of the host from which it comes. */
export async function hasJoined(host: Part, instanceId: string): Promise<boolean> {
  const folder = await driveSetOf(host, instanceId)
  const owner = folder === undefined ? undefined : await readOwner(folder)
  return owner !== undefined && owner.node !== host.nodeId
}

/** @returns undefined when there is no such folder, or it is not whole */
export async function readOwner(folder: string): Promise<SetOwner | undefined> {
  for (let looks = 0; looks < mostLooks; looks++) {
    const names = await readdir(folder).catch(ignore('ENOENT'))
    const name = names?.find((each) => ownerPattern.test(each))
    if (name === undefined) return undefined
    // A network's file system may tell an old name from memory; to open a file it asks.
    if (!(await opens(join(folder, name)))) continue
    const [, node = '', next] = ownerPattern.exec(name) ?? []
    return { node, ...(next === undefined ? {} : { next }) }
  }
  throw busy()
}

/** @returns false when it was no longer so; of two hosts that try, one is told true */
export async function changeOwner(folder: string, from: SetOwner, to: SetOwner): Promise<boolean> {
  try {
    await rename(join(folder, nameOf(from)), join(folder, nameOf(to)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return false
  }
  await syncFolder(folder)
  return true
}

/**
 * Before the guest runs here, or its drives change: the core wants it here, so it leaves for nowhere, and has come if it was to.
 * @throws DriverError CONFLICT when the drives are another host's, UNREACHABLE when the folder is not there
 */
export async function claimDrives(host: Part, instanceId: string): Promise<void> {
  const folder = await driveSetOf(host, instanceId)
  if (folder === undefined) return
  const owner = await readOwner(folder)
  if (owner === undefined) {
    await assertShareThere(dirname(folder))
    throw conflict('The drives of the virtual machine are gone.')
  }
  if (owner.node === host.nodeId && owner.next === undefined) return
  const isBetween = owner.next !== undefined && [owner.node, owner.next].includes(host.nodeId)
  if (isBetween && (await changeOwner(folder, owner, { node: host.nodeId }))) return
  throw notOurs()
}

/** At the source, once the guest is there. @returns whether they are that node's: what it copied they are not */
export async function giveDrives(host: Part, instanceId: string, node: string): Promise<boolean> {
  const folder = await driveSetOf(host, instanceId)
  if (folder === undefined) return false
  if (await changeOwner(folder, { node: host.nodeId, next: node }, { node })) return true
  return sameOwner(await readOwner(folder), { node })
}

/**
 * With the VM. A set that two hosts have is left to the other; the last one removes it.
 * @returns whether something was kept. @throws DriverError UNREACHABLE when the folder is not there
 */
export async function removeDriveSet(host: Part, instanceId: string, keepDisks: readonly DiskId[]): Promise<boolean> {
  const folder = await driveSetOf(host, instanceId)
  if (folder === undefined) return false
  await assertShareThere(dirname(folder))
  const owner = await readOwner(folder)
  if (owner === undefined) {
    // Made or removed in part; what else is in it nobody knows whose it is.
    await rmdir(folder).catch(ignore('ENOENT', 'ENOTEMPTY'))
    return false
  }
  const { nodeId } = host
  if (owner.next !== undefined && [owner.node, owner.next].includes(nodeId)) {
    const other = owner.node === nodeId ? owner.next : owner.node
    if (await changeOwner(folder, owner, { node: other })) return false
    return await removeDriveSet(host, instanceId, keepDisks)
  }
  if (owner.node !== nodeId) return false
  const kept = new Set(keepDisks.map((id) => `${id}.qcow2`))
  const names = (await readdir(folder)).filter((name) => !ownerPattern.test(name))
  for (const name of names) if (!kept.has(name)) await rm(join(folder, name), { force: true })
  if (names.some((name) => kept.has(name))) return true
  await unlink(join(folder, nameOf({ node: nodeId })))
  await rmdir(folder)
  await syncFolder(dirname(folder))
  return false
}

/** A drive's usual name in the VM's folder, once it is there. */
export async function linkDrive(host: QemuHost, instanceId: string, id: DiskId): Promise<void> {
  await symlink(join(linkName, `${id}.qcow2`), diskPath(host, instanceId, id)).catch(ignore('EEXIST'))
}

/** One drive, wherever it lies. @throws DriverError as `claimDrives` */
export async function removeDrive(host: QemuHost, instanceId: string, id: DiskId): Promise<void> {
  const folder = await driveSetOf(host, instanceId)
  if (folder !== undefined) {
    await claimDrives(host, instanceId)
    await rm(join(folder, `${id}.qcow2`), { force: true })
  }
  await rm(diskPath(host, instanceId, id), { force: true })
}

export interface OfferedSet {
  /** Its folder's name. */
  readonly name: string
  /** Whose it is. */
  readonly node: string
}

/**
 * At the destination, where the guest shall come with its drives in place: the set of the source takes the place of the empty one
 * that was made here, and says so by its name, which the source sees.
 * @returns false when no such set is seen here: then the drives must come through the network
 */
export async function joinDriveSet(host: QemuHost, instanceId: string, offered: OfferedSet): Promise<boolean> {
  const share = host.config.sharedDisks
  const own = await driveSetOf(host, instanceId)
  if (share === undefined || own === undefined || !isSetOf(instanceId, offered.name) || !isUuid(offered.node))
    return false
  const folder = join(share, offered.name)
  const [free, leaving]: [SetOwner, SetOwner] = [{ node: offered.node }, { node: offered.node, next: host.nodeId }]
  const owner = await readOwner(folder)
  if (!sameOwner(owner, free) && !sameOwner(owner, leaving)) {
    if (sameOwner(await readOwner(own), { node: host.nodeId })) return false
    throw conflict('The drives of the virtual machine are neither here nor there.')
  }
  if (own !== folder) {
    await removeDriveSet(host, instanceId, [])
    const next = `${drivesPath(host, instanceId)}.next`
    await rm(next, { force: true })
    await symlink(folder, next)
    await rename(next, drivesPath(host, instanceId))
  }
  if (!(await changeOwner(folder, free, leaving)) && !sameOwner(await readOwner(folder), leaving)) throw busy()
  return true
}

export function nameOfSet(folder: string): string {
  return basename(folder)
}

function isSetOf(instanceId: string, name: string): boolean {
  return name.startsWith(`${instanceId}.`) && isUuid(name.slice(instanceId.length + 1))
}

/** The link that leads to its set. */
export function drivesPath({ instancesDir }: Pick<QemuHost, 'instancesDir'>, instanceId: string): string {
  return join(instancesDir, instanceId, linkName)
}

function nameOf({ node, next }: SetOwner): string {
  return next === undefined ? `owner-${node}` : `owner-${node}-to-${next}`
}

function sameOwner(one: SetOwner | undefined, other: SetOwner): boolean {
  return one?.node === other.node && one.next === other.next
}

async function opens(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(ignore('ENOENT'))
  await file?.close()
  return file !== undefined
}

function ignore(...codes: readonly string[]): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error
    return undefined
  }
}

function notOurs(): DriverError {
  return conflict('The drives of the virtual machine belong to another host.')
}

function busy(): DriverError {
  return new DriverError('BUSY', 'The drives of the virtual machine are just changing hands.', {
    retry: 'later',
    effect: 'none',
  })
}
