/**
 * Looks at guests' processes often enough to tell of an end within a moment, keeps their consoles short, gives those that booted
 * anew by themselves what was attached to them, lets go on what is held by nobody, and ends what is left of those that ended.
 */
import { readdir } from 'node:fs/promises'
import type { DriverEvent } from '../../src/driver/driver.ts'
import { delay } from '../../src/util/delay.ts'
import { Beside } from './beside.ts'
import { shortenConsoleLog } from './console-log.ts'
import type { Guest } from './guest-processes.ts'
import { guestsIn, mainOf } from './guest-processes.ts'
import { userOf } from './guest-users.ts'
import type { UmlHost } from './host.ts'
import { settleHeld } from './hold.ts'
import { giveMissing } from './owed-devices.ts'
import { isHeld, readPaused } from './paused-record.ts'
import { bootOf } from './power.ts'
import type { GuestProcess, Scan } from './proc.ts'
import { isAlive, kill, processesIn, scanAtOnce } from './proc.ts'
import { scanProcesses } from './scans.ts'
import { readRecord } from './vm-record.ts'

/** Asking for a process that is known costs microseconds; looking for all of them, milliseconds. */
const lookMs = 200
const searchEvery = 10

export async function* watchEvents(host: UmlHost, signal: AbortSignal): AsyncGenerator<DriverEvent> {
  // Without waiting: of a guest that ends while somebody first looks for all processes nobody would tell.
  const atFirst = scanAtOnce()
  let known = mainsOf(await guestsIn(host, atFirst))
  const end = new AbortController()
  const serving = new Beside((instanceId, served) => serve(host, instanceId, served, end.signal))
  let leftovers: ReadonlySet<number> = new Set()
  try {
    for (let round = 1; ; round++) {
      await delay(lookMs, signal)
      if (signal.aborted) return
      const hasEnded = [...known.values()].some((process) => !isAlive(process))
      if (!hasEnded && round % searchEvery !== 0) continue
      const scan = await scanProcesses()
      const guests = await guestsIn(host, scan)
      const now = mainsOf(guests)
      for (const instanceId of new Set([...known.keys(), ...now.keys()])) {
        const [before, after] = [known.get(instanceId), now.get(instanceId)]
        if (before?.pid === after?.pid && before?.startTicks === after?.startTicks) continue
        yield { instanceId, kind: after === undefined ? 'stopped' : 'started' }
      }
      known = now
      leftovers = endLeftovers([...helpersLeft(guests), ...(await straysOf(host, scan, now))], leftovers)
      serving.begin(new Set(now.keys()))
      for (const instanceId of now.keys()) await shorten(host, instanceId)
    }
  } finally {
    end.abort()
    await serving.end()
  }
}

function mainsOf(guests: ReadonlyMap<string, Guest>): ReadonlyMap<string, GuestProcess> {
  const found = new Map<string, GuestProcess>()
  for (const [id, { main }] of guests) if (main !== undefined) found.set(id, main)
  return found
}

/** What a kernel that was killed left: nobody else ends it before the guest is started or removed. */
function helpersLeft(guests: ReadonlyMap<string, Guest>): readonly GuestProcess[] {
  return [...guests.values()].flatMap(({ main, all }) => (main === undefined ? all : []))
}

/** What runs as the user of a guest that does not run, whatever it says that it is: it got out of there. */
async function straysOf(
  host: UmlHost,
  scan: Scan,
  running: ReadonlyMap<string, GuestProcess>,
): Promise<readonly GuestProcess[]> {
  const strays: GuestProcess[] = []
  for (const id of await readdir(host.instancesDir)) {
    if (running.has(id)) continue
    const user = await userOf(host, id)
    // Whoever has the turn may just be starting or removing it.
    if (typeof user === 'number' && !host.turns.isTaken(id)) strays.push(...processesIn(scan, user))
  }
  return strays
}

/**
 * @param seen what was left over at the last look: a kernel that takes another's place cannot be seen for a moment
 * @returns what is left over now
 */
function endLeftovers(left: readonly GuestProcess[], seen: ReadonlySet<number>): ReadonlySet<number> {
  for (const process of left) if (seen.has(process.pid)) kill(process)
  return new Set(left.map(({ pid }) => pid))
}

/**
 * What a guest that runs is owed: its devices after each boot, and to go on when nobody holds it any more.
 * @param served the boot in which the guest got all its devices
 * @returns the same of now; undefined when it is too early, or failed
 */
async function serve(
  host: UmlHost,
  instanceId: string,
  served: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const interrupted = [signal]
  try {
    const hasDevices = ['', served].includes(await bootOf(host, instanceId)) && !host.owed.has(instanceId)
    const isServed = hasDevices && !(await isHeld(host, instanceId))
    // Whoever has the turn comes first: the next look is soon.
    if (isServed || host.turns.isTaken(instanceId)) return served
    return await host.turns.take(instanceId, async (wanted) => {
      interrupted.push(wanted)
      const [boot, record] = [await bootOf(host, instanceId), await readRecord(host, instanceId)]
      const main = await mainOf(host, instanceId)
      if (main === undefined || boot === '') return served
      if (record?.state !== 'ready') return boot
      const listener = { ...main, signal: AbortSignal.any(interrupted) }
      await settleHeld(host, record, listener)
      if ((await readPaused(host, record, main)) !== undefined) return served
      return (await giveMissing(host, record, listener)) ? boot : undefined
    })
  } catch (error) {
    if (interrupted.some(({ aborted }) => aborted)) return served
    host.log.warn({ instanceId, error }, 'a guest could not be told what it is owed after a boot or a hold')
    return undefined
  }
}

async function shorten(host: UmlHost, instanceId: string): Promise<void> {
  await shortenConsoleLog(host, instanceId).catch((error: unknown) =>
    host.log.warn({ instanceId, error }, "a guest's console log could not be shortened"),
  )
}
