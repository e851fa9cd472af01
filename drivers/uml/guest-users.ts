/** The host's users that guests run as, by what the driver wrote down. */
import { lstat, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { UmlHost } from './host.ts'
import { instanceDir, recordPath } from './host.ts'

/**
 * As whom a VM's guest runs, by its record.
 * @param instanceId maybe something that a process claims to be
 * @returns null: as we do; undefined without a record that can be read
 */
export async function userOf(host: UmlHost, instanceId: string): Promise<number | null | undefined> {
  if (basename(instanceId) !== instanceId || instanceId === '..') return undefined
  try {
    const { uid } = JSON.parse(await readFile(recordPath(host, instanceId), 'utf8')) as { readonly uid?: unknown }
    return uid === null || typeof uid === 'number' ? uid : undefined
  } catch {
    return undefined
  }
}

/** Those of all VMs that there are. */
export async function usersOfGuests(host: UmlHost): Promise<ReadonlySet<number>> {
  const users = new Set<number>()
  // One after the other: who opens a thousand files at once may be refused some, and take their guests' users for free.
  for (const id of await readdir(host.instancesDir)) {
    const user = await userOf(host, id)
    // Where nobody can read whose it is, its files say so.
    for (const uid of user === undefined ? await ownersIn(instanceDir(host, id)) : [user])
      if (uid !== null && uid !== process.getuid?.()) users.add(uid)
  }
  return users
}

async function ownersIn(folder: string): Promise<readonly number[]> {
  try {
    const found = (await readdir(folder)).map(async (name) => (await lstat(join(folder, name))).uid)
    return await Promise.all(found)
  } catch {
    return [] // it is being made or removed
  }
}
