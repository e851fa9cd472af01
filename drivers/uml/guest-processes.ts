/**
 * The processes of guests, as /proc shows them. All processes of one guest carry its `umid=<instance id>` in their command
 * line, and ours the id of our node too. The kernel's own process is the one that the guest's pid file names; while
 * there is no such file yet, the one that leads its session.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPidFile } from './guest-files.ts'
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
  readonly isOurs: boolean
}

export interface GuestProcesses {
  readonly ours: ReadonlyMap<string, Guest>
  /** Ids of guests that somebody else runs. */
  readonly foreign: ReadonlySet<string>
}

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
  for (const name of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(name)) continue
    const commandLine = readText(`/proc/${name}/cmdline`)
    const umid = umidPattern.exec(commandLine)?.[1]
    if (umid === undefined || (only !== undefined && umid !== only)) continue
    const stat = readStat(Number(name))
    if (stat === undefined) continue
    const process = { ...stat, isOurs: commandLine.includes(mark) }
    found.set(umid, [...(found.get(umid) ?? []), process])
  }
  const ours = new Map<string, Guest>()
  const foreign = new Set<string>()
  for (const [id, processes] of found) {
    const own = processes.filter(({ isOurs }) => isOurs)
    if (own.length > 0) ours.set(id, toGuest(own, kernelPidOf(host, id)))
    if (own.length < processes.length) foreign.add(id)
  }
  return { ours, foreign }
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
  const isKernel = ({ pid, sessionId }: Found): boolean =>
    kernelPid === '' ? sessionId === pid : String(pid) === kernelPid
  const main = processes.filter(isKernel).sort((a, b) => a.startTicks - b.startTicks)[0]
  return { main: main === undefined ? undefined : { pid: main.pid, startTicks: main.startTicks }, all }
}

function readStat(pid: number): Omit<Found, 'isOurs'> | undefined {
  const fields = statFields(pid)
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined
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
