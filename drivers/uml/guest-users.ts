/** The host's users that guests run as: what a record says of them, and what runs as one. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { UmlHost } from './host.ts'
import { recordPath } from './host.ts'

/**
 * As whom a VM's guest runs, by its record.
 * @param instanceId maybe something that a process claims to be
 * @returns null: as we do; undefined without a record
 */
export function userOf(host: UmlHost, instanceId: string): number | null | undefined {
  if (basename(instanceId) !== instanceId || instanceId === '..') return undefined
  const text = readText(recordPath(host, instanceId))
  return text === '' ? undefined : (JSON.parse(text) as { readonly uid: number | null }).uid
}

/** Those of all VMs that there are. */
export function usersOfGuests(host: UmlHost): ReadonlySet<number> {
  const users = readdirSync(host.instancesDir).map((id) => userOf(host, id))
  return new Set(users.filter((uid) => typeof uid === 'number'))
}

/** Its real user, whatever else it claims to be; undefined when it has ended. */
export function userOfProcess(pid: number): number | undefined {
  const uid = /^Uid:\t([0-9]+)/m.exec(readText(`/proc/${pid}/status`))?.[1]
  return uid === undefined ? undefined : Number(uid)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
