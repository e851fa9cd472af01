/** As whom a guest and what speaks with it run: a user of its own when we are root, without any privilege. */
import { createHash } from 'node:crypto'
import type { FileOwner } from '../local/whole-file.ts'
import { usersOfGuests } from './guest-users.ts'
import type { UmlHost } from './host.ts'
import { processesOf } from './scans.ts'
import type { VmRecord } from './vm-record.ts'

/** Where nobody says which users guests have: of these, in steps of as many as a host has guests at most. */
export const usersByDefault = { first: 1_800_000_000, count: 100_000_000, perNode: 1_000 } as const

/** Two services on one machine have users of their own each: all that runs as a guest's user ends with the guest. */
export function firstUidOf(nodeId: string): number {
  const { first, count, perNode } = usersByDefault
  return first + perNode * (createHash('sha256').update(nodeId).digest().readUInt32BE() % (count / perNode))
}

interface CommandLine {
  readonly file: string
  readonly args: readonly string[]
}

/** A command line that drops everything first. */
export function asGuest({ uid }: VmRecord, command: readonly string[]): CommandLine {
  return dropPrivileges(uid, command)
}

/** A kernel has at most so many threads per MiB of its memory, and no more processes on the host. */
const tasksPerMib = 16
/** For what runs beside it, and a guest that is small. */
const tasksBeside = 256
const mostTasks = 16_384

/** So that whoever gets out of a guest can fill its own share of the host's processes, and not the host. */
export function limited({ uid, memoryBytes }: VmRecord, { file, args }: CommandLine): CommandLine {
  // The number counts for all that a user has: as ourselves, that would be the service too.
  if (uid === null) return { file, args }
  const tasks = Math.min(tasksBeside + tasksPerMib * Math.ceil(memoryBytes / 1024 ** 2), mostTasks)
  return { file: 'prlimit', args: [`--nproc=${tasks}`, file, ...args] }
}

/** @param uid null: as ourselves */
export function dropPrivileges(uid: number | null, command: readonly string[]): CommandLine {
  const identity =
    uid === null ? [] : ['--reuid', `${uid}`, '--regid', `${uid}`, '--clear-groups', '--bounding-set=-all']
  return { file: 'setpriv', args: [...identity, '--inh-caps=-all', '--no-new-privs', ...command] }
}

export function ownerOf({ uid }: VmRecord): FileOwner | undefined {
  return uid === null ? undefined : { uid, gid: uid }
}

const choices = new WeakMap<UmlHost, Promise<unknown>>()

/**
 * The lowest number that no VM has, and as which nothing runs. One choice at a time: `take` writes it down before the next one looks.
 * @param take is given null when we are not root
 */
export async function chooseUid(host: UmlHost, take: (uid: number | null) => Promise<void>): Promise<void> {
  const choose = async (): Promise<void> => {
    if (process.getuid?.() !== 0) return await take(null)
    const taken = await usersOfGuests(host)
    let uid = host.firstUid
    while (taken.has(uid) || (await processesOf(uid)).length > 0) uid += 1
    await take(uid)
  }
  const mine = (choices.get(host) ?? Promise.resolve()).then(choose, choose)
  choices.set(
    host,
    mine.catch(() => undefined),
  )
  await mine
}
