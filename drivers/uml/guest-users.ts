/** The host's users that guests run as, by what the driver wrote down. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { breathe } from '../../src/util/breathe.ts'
import type { UmlHost } from './host.ts'
import { instanceDir, recordPath } from './host.ts'

/**
 * As whom a VM's guest runs, by its record.
 * @param instanceId maybe something that a process claims to be
 * @returns null: as we do; undefined without a record that can be read
 */
export function userOf(host: UmlHost, instanceId: string): number | null | undefined {
  if (basename(instanceId) !== instanceId || instanceId === '..') return undefined
  try {
    const { uid } = JSON.parse(readFileSync(recordPath(host, instanceId), 'utf8')) as { readonly uid?: unknown }
    return uid === null || typeof uid === 'number' ? uid : undefined
  } catch {
    return undefined
  }
}

/** Those of all VMs that there are. */
export async function usersOfGuests(host: UmlHost): Promise<ReadonlySet<number>> {
  const users = new Set<number>()
  for (const id of readdirSync(host.instancesDir)) {
    await breathe()
    const user = userOf(host, id)
    // Where nobody can read whose it is, its files say so.
    for (const uid of user === undefined ? ownersIn(instanceDir(host, id)) : [user])
      if (uid !== null && uid !== process.getuid?.()) users.add(uid)
  }
  return users
}

function ownersIn(folder: string): readonly number[] {
  try {
    return readdirSync(folder).map((name) => lstatSync(join(folder, name)).uid)
  } catch {
    return [] // it is being made or removed
  }
}
