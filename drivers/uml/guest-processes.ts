/**
 * The processes of guests, as /proc shows them. All processes of one guest carry its `umid=<instance id>` in their command
 * line, and ours the id of our node too; but so may anybody's, so they count only when they run as the guest's user, or as we
 * do: we start them. The kernel's own process has the kernel's parameters, and is the one that the guest's pid file names; while
 * there is no such file yet, the one that leads its session.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPidFile } from './guest-files.ts'
import { userOf, userOfProcess, usersOfGuests } from './guest-users.ts'
import type { UmlHost } from './host.ts'
import { runDir } from './host.ts'

export interface GuestProcess {
  readonly pid: number
  /** In clock ticks since the machine booted: with the pid, it names one process for ever. */
  readonly startTicks: number
}

export interface Guest {
  /** Undefined when only helpers are left of it. */
  readonly main: GuestProcess | undefined
  readonly all: readonly GuestProcess[]
}

interface Found extends GuestProcess {
  readonly sessionId: number
  readonly uid: number
  /** By what it says. */
  readonly isOurs: boolean
  readonly isKernel: boolean
}

export interface GuestProcesses {
  readonly ours: ReadonlyMap<string, Guest>
  /** Ids of guests that somebody else runs, who is no guest. */
  readonly foreign: ReadonlySet<string>
}

/** A parameter that no helper is given: what helpers lead sessions, and outlive their kernel for a moment. */
const kernelMark = '\0hostfs='
const umidPattern = /(?:^|\0)umid=([^\0]+)/
/** A kernel parameter that no kernel knows: it marks our guests. */
export function nodeMark(nodeId: string): string {
  return `polyvisor.node=${nodeId}`
}

/** Written by the kernel as soon as it runs. */
export function pidFile(host: UmlHost, instanceId: string): string {
  return join(runDir(host, instanceId), instanceId, 'pid')
}

/** What that file says; empty while there is none. Its folder is the guest's, which may put anything in its place. */
export function kernelPidOf(host: UmlHost, instanceId: string): string {
  return readPidFile(join(runDir(host, instanceId), instanceId), 'pid')
}

/** @param only the id of the one that matters, where it is one */
export function findGuests(host: UmlHost, only?: string): GuestProcesses {
  const mark = `\0${nodeMark(host.nodeId)}`
  const found = new Map<string, Found[]>()
  for (const pid of allPids()) {
    const commandLine = readText(`/proc/${pid}/cmdline`)
    const umid = umidPattern.exec(commandLine)?.[1]
    if (umid === undefined || (only !== undefined && umid !== only)) continue
    const [stat, uid] = [readStat(pid), userOfProcess(pid)]
    if (stat === undefined || uid === undefined) continue
    const process = { ...stat, uid, isOurs: commandLine.includes(mark), isKernel: commandLine.includes(kernelMark) }
    found.set(umid, [...(found.get(umid) ?? []), process])
  }
  const ours = new Map<string, Guest>()
  const foreign = new Set<string>()
  let guestUsers: ReadonlySet<number> | undefined
  for (const [id, processes] of found) {
    const user = userOf(host, id)
    const isItself = ({ uid }: Found): boolean => user === null || uid === user || uid === process.getuid?.()
    const own = processes.filter((one) => one.isOurs && isItself(one))
    if (own.length > 0) ours.set(id, toGuest(own, kernelPidOf(host, id)))
    const others = processes.filter(({ isOurs }) => !isOurs)
    if (others.length === 0) continue
    guestUsers ??= usersOfGuests(host)
    for (const { uid } of others) if (!guestUsers.has(uid)) foreign.add(id)
  }
  return { ours, foreign }
}

/** All that runs as a user, whatever it says that it is. */
export function processesOf(user: number): readonly GuestProcess[] {
  return allPids().flatMap((pid) => {
    const stat = userOfProcess(pid) === user ? readStat(pid) : undefined
    return stat === undefined ? [] : [{ pid, startTicks: stat.startTicks }]
  })
}

/** Its parameters; none when it has ended. */
export function commandLineOf({ pid }: GuestProcess): readonly string[] {
  return readText(`/proc/${pid}/cmdline`).split('\0')
}

export function isAlive({ pid, startTicks }: GuestProcess): boolean {
  return readStat(pid)?.startTicks === startTicks
}

export function kill({ pid }: Pick<GuestProcess, 'pid'>): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/** CPU time of a process, in clock ticks. */
export function cpuTicksOf(pid: number): number {
  const fields = statFields(pid)
  return Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)
}

export function residentBytesOf(pid: number): number {
  const kib = /^VmRSS:\s+([0-9]+) kB$/m.exec(readText(`/proc/${pid}/status`))?.[1]
  return Number(kib ?? 0) * 1024
}

/** @param kernelPid what the pid file says; empty when there is none */
function toGuest(processes: readonly Found[], kernelPid: string): Guest {
  const all = processes.map(({ pid, startTicks }) => ({ pid, startTicks }))
  const isMain = ({ pid, sessionId, isKernel }: Found): boolean =>
    isKernel && (kernelPid === '' ? sessionId === pid : String(pid) === kernelPid)
  const main = processes.filter(isMain).sort((a, b) => a.startTicks - b.startTicks)[0]
  return { main: main === undefined ? undefined : { pid: main.pid, startTicks: main.startTicks }, all }
}

function allPids(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number)
}

function readStat(pid: number): (GuestProcess & Pick<Found, 'sessionId'>) | undefined {
  const fields = statFields(pid)
  if (fields === undefined || fields[0] === 'X') return undefined
  // Its first thread has ended; as long as there are others it has not.
  if (fields[0] === 'Z' && Number(fields[17]) <= 1) return undefined
  return { pid, sessionId: Number(fields[3]), startTicks: Number(fields[19]) }
}

/** What follows the name in /proc/<pid>/stat: state, parent, group, session, … */
function statFields(pid: number): readonly string[] | undefined {
  const text = readText(`/proc/${pid}/stat`)
  const end = text.lastIndexOf(') ')
  return end < 0 ? undefined : text.slice(end + 2).split(' ')
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // it has ended meanwhile
  }
}
