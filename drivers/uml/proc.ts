/** Processes as /proc shows them. All of them are looked at on a thread of their own, see `scans.ts`. */
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

export interface GuestProcess {
  readonly pid: number
  /** In clock ticks since the machine booted: with the pid, it names one process for ever. */
  readonly startTicks: number
}

/** What a process says and who it is, at one moment. */
export interface SeenProcess extends GuestProcess {
  readonly sessionId: number
  /** Its real user, whatever else it claims to be. */
  readonly uid: number
  /** Its parameters, with a NUL behind each. */
  readonly commandLine: string
}

export interface Scan {
  /** By the umid that they claim to have. */
  readonly byUmid: ReadonlyMap<string, readonly SeenProcess[]>
  readonly pidsByUser: ReadonlyMap<number, readonly number[]>
}

const umidPattern = /(?:^|\0)umid=([^\0]+)/

/** All processes, while nobody else has a turn: some 20 ms for a hundred guests, and more while these begin. */
export function scanAtOnce(): Scan {
  const scan = emptyScan()
  for (const pid of allPids()) see(pid, scan)
  return scan
}

interface GrowingScan {
  readonly byUmid: Map<string, SeenProcess[]>
  readonly pidsByUser: Map<number, number[]>
}

function emptyScan(): GrowingScan {
  return { byUmid: new Map(), pidsByUser: new Map() }
}

function see(pid: number, { byUmid, pidsByUser }: GrowingScan): void {
  const uid = userOfProcess(pid)
  if (uid === undefined) return
  addTo(pidsByUser, uid, pid)
  const commandLine = readText(`/proc/${pid}/cmdline`)
  const umid = umidPattern.exec(commandLine)?.[1]
  const stat = umid === undefined ? undefined : readStat(pid)
  if (umid !== undefined && stat !== undefined) addTo(byUmid, umid, { ...stat, uid, commandLine })
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

/** @returns undefined when it has ended, or claims to be of no guest */
export async function seeProcess(pid: number): Promise<(SeenProcess & { readonly umid: string }) | undefined> {
  const before = readStat(pid)
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const [uid, stat] = [userOfProcess(pid), readStat(pid)]
  const umid = umidPattern.exec(commandLine)?.[1]
  if (uid === undefined || stat === undefined || umid === undefined) return undefined
  // Its number may be another's by now.
  return before?.startTicks === stat.startTicks ? { ...stat, uid, commandLine, umid } : undefined
}

/** All that runs as a user, whatever it says that it is. */
export function processesIn({ pidsByUser }: Scan, user: number): readonly GuestProcess[] {
  return (pidsByUser.get(user) ?? []).flatMap((pid) => {
    const stat = readStat(pid)
    // Its number may be another's by now.
    return stat === undefined || userOfProcess(pid) !== user ? [] : [{ pid, startTicks: stat.startTicks }]
  })
}

/** Its parameters; none when it has ended. */
export function commandLineOf({ pid }: GuestProcess): readonly string[] {
  return readText(`/proc/${pid}/cmdline`).split('\0')
}

export function isAlive({ pid, startTicks }: GuestProcess): boolean {
  return readStat(pid)?.startTicks === startTicks
}

/** Nobody else who has its number by now. */
export function kill(victim: GuestProcess): void {
  try {
    if (isAlive(victim)) process.kill(victim.pid, 'SIGKILL')
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

function userOfProcess(pid: number): number | undefined {
  const uid = /^Uid:\t([0-9]+)/m.exec(readText(`/proc/${pid}/status`))?.[1]
  return uid === undefined ? undefined : Number(uid)
}

function allPids(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number)
}

function readStat(pid: number): Pick<SeenProcess, 'pid' | 'startTicks' | 'sessionId'> | undefined {
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
