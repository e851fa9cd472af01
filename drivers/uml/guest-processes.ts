/**
 * The processes of guests. All processes of one guest carry its `umid=<instance id>` in their command line, and ours the id of
 * our node too; but so may anybody's, so they count only when they run as the guest's user, or as we do: we start them. The
 * kernel's own process has the kernel's parameters, and is the one that the guest's pid file names; while there is no such file
 * yet, the one that leads its session.
 */
import { join } from 'node:path'
import { readPidFile } from './guest-files.ts'
import { userOf, usersOfGuests } from './guest-users.ts'
import type { UmlHost } from './host.ts'
import { runDir } from './host.ts'
import { seeProcess } from './proc.ts'
import type { GuestProcess, Scan, SeenProcess } from './proc.ts'
import { scanProcesses } from './scans.ts'

export interface Guest {
  /** Undefined when only helpers are left of it. */
  readonly main: GuestProcess | undefined
  readonly all: readonly GuestProcess[]
}

/** A parameter that no helper is given: what helpers lead sessions, and outlive their kernel for a moment. */
const kernelMark = '\0hostfs='
/** A kernel parameter that no kernel knows: it marks our guests. */
export function nodeMark(nodeId: string): string {
  return `polyvisor.node=${nodeId}`
}

/** Written by the kernel as soon as it runs. */
export function pidFile(host: UmlHost, instanceId: string): string {
  return join(runDir(host, instanceId), instanceId, 'pid')
}

/** What that file says; empty while there is none. Its folder is the guest's, which may put anything in its place. */
function kernelPidOf(host: UmlHost, instanceId: string): Promise<string> {
  return readPidFile(join(runDir(host, instanceId), instanceId), 'pid')
}

/** All guests of ours, by their ids. @param scan of all processes */
export async function guestsIn(host: UmlHost, scan: Scan): Promise<ReadonlyMap<string, Guest>> {
  const guests = new Map<string, Guest>()
  for (const [id, processes] of scan.byUmid) {
    const guest = await guestAmong(host, id, processes)
    if (guest !== undefined) guests.set(id, guest)
  }
  return guests
}

export async function guestOf(host: UmlHost, instanceId: string): Promise<Guest | undefined> {
  return await guestIn(host, await scanProcesses(), instanceId)
}

export async function guestIn(host: UmlHost, scan: Scan, instanceId: string): Promise<Guest | undefined> {
  return await guestAmong(host, instanceId, scan.byUmid.get(instanceId) ?? [])
}

/** The kernel's own process of a guest that runs. One whose pid file names it is found without looking at all others. */
export async function mainOf(host: UmlHost, instanceId: string): Promise<GuestProcess | undefined> {
  if ((await kernelPidOf(host, instanceId)) === '') return (await guestOf(host, instanceId))?.main
  return await mainByFile(host, instanceId)
}

/** The same of a guest whose kernel runs so far that it has made its pid file. */
export async function mainByFile(host: UmlHost, instanceId: string): Promise<GuestProcess | undefined> {
  const kernelPid = await kernelPidOf(host, instanceId)
  const found = kernelPid === '' ? undefined : await seeProcess(Number(kernelPid))
  return found?.umid === instanceId ? (await guestAmong(host, instanceId, [found]))?.main : undefined
}

/** Whether somebody else, who is no guest, runs a guest of that id. */
export async function isForeign(host: UmlHost, instanceId: string): Promise<boolean> {
  const { byUmid } = await scanProcesses()
  const others = (byUmid.get(instanceId) ?? []).filter((one) => !isMarked(host, one))
  if (others.length === 0) return false
  const guestUsers = await usersOfGuests(host)
  return others.some(({ uid }) => !guestUsers.has(uid))
}

async function guestAmong(
  host: UmlHost,
  instanceId: string,
  processes: readonly SeenProcess[],
): Promise<Guest | undefined> {
  const marked = processes.filter((one) => isMarked(host, one))
  if (marked.length === 0) return undefined
  const user = await userOf(host, instanceId)
  const own = marked.filter(({ uid }) => user === null || uid === user || uid === process.getuid?.())
  return own.length === 0 ? undefined : toGuest(own, await kernelPidOf(host, instanceId))
}

/** By what it says. */
function isMarked({ nodeId }: UmlHost, { commandLine }: SeenProcess): boolean {
  return commandLine.includes(`\0${nodeMark(nodeId)}`)
}

/** @param kernelPid what the pid file says; empty when there is none */
function toGuest(processes: readonly SeenProcess[], kernelPid: string): Guest {
  const all = processes.map(({ pid, startTicks }) => ({ pid, startTicks }))
  const isMain = ({ pid, sessionId, commandLine }: SeenProcess): boolean =>
    commandLine.includes(kernelMark) && (kernelPid === '' ? sessionId === pid : String(pid) === kernelPid)
  const main = processes.filter(isMain).sort((a, b) => a.startTicks - b.startTicks)[0]
  return { main: main === undefined ? undefined : { pid: main.pid, startTicks: main.startTicks }, all }
}
