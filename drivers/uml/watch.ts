/**
 * Looks at guests' processes often enough to tell of an end within a moment, keeps their consoles short, gives those that booted
 * anew by themselves what was attached to them, and ends what is left of those that were killed.
 */
import type { DriverEvent } from '../../src/driver/driver.ts'
import { delay } from '../../src/util/delay.ts'
import { Beside } from './beside.ts'
import { shortenConsoleLog } from './console-log.ts'
import type { Listener } from './guest-disks.ts'
import { giveMissingDisks } from './guest-disks.ts'
import { giveMissingNics } from './guest-nics.ts'
import type { GuestProcess } from './guest-processes.ts'
import { findGuests, isAlive, kill } from './guest-processes.ts'
import { guestOf } from './guest.ts'
import type { UmlHost } from './host.ts'
import { bootOf } from './power.ts'
import type { VmRecord } from './vm-record.ts'
import { readRecord } from './vm-record.ts'

/** Asking for a process that is known costs microseconds; looking for all of them, milliseconds. */
const lookMs = 200
const searchEvery = 10

export async function* watchEvents(host: UmlHost, signal: AbortSignal): AsyncGenerator<DriverEvent> {
  let known = mainProcesses(host)
  const end = new AbortController()
  const boots = new Beside((instanceId, served) => serveBoot(host, instanceId, served, end.signal))
  let leftovers: ReadonlySet<number> = new Set()
  try {
    for (let round = 1; ; round++) {
      await delay(lookMs, signal)
      if (signal.aborted) return
      const hasEnded = [...known.values()].some((process) => !isAlive(process))
      if (!hasEnded && round % searchEvery !== 0) continue
      const now = mainProcesses(host)
      for (const instanceId of new Set([...known.keys(), ...now.keys()])) {
        const [before, after] = [known.get(instanceId), now.get(instanceId)]
        if (before?.pid === after?.pid && before?.startTicks === after?.startTicks) continue
        yield { instanceId, kind: after === undefined ? 'stopped' : 'started' }
      }
      known = now
      leftovers = endLeftovers(host, leftovers)
      boots.begin(new Set(now.keys()))
      for (const instanceId of now.keys()) await shorten(host, instanceId)
    }
  } finally {
    end.abort()
    await boots.end()
  }
}

function mainProcesses(host: UmlHost): ReadonlyMap<string, GuestProcess> {
  const found = new Map<string, GuestProcess>()
  for (const [id, { main }] of findGuests(host).ours) if (main !== undefined) found.set(id, main)
  return found
}

/**
 * What a kernel that was killed left: nobody else ends it before the guest is started or removed.
 * @param seen what was left over at the last look: a kernel that takes another's place cannot be seen for a moment
 * @returns what is left over now
 */
function endLeftovers(host: UmlHost, seen: ReadonlySet<number>): ReadonlySet<number> {
  const left = [...findGuests(host).ours.values()].flatMap(({ main, all }) => (main === undefined ? all : []))
  for (const helper of left) if (seen.has(helper.pid)) kill(helper)
  return new Set(left.map(({ pid }) => pid))
}

/**
 * @param served the boot in which the guest got all its devices
 * @returns the same of now; undefined when it is too early, or failed
 */
async function serveBoot(
  host: UmlHost,
  instanceId: string,
  served: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const interrupted = [signal]
  try {
    // Whoever has the turn comes first: the next look is soon.
    if (['', served].includes(await bootOf(host, instanceId)) || host.turns.isTaken(instanceId)) return served
    return await host.turns.take(instanceId, async (wanted) => {
      interrupted.push(wanted)
      const [boot, record] = [await bootOf(host, instanceId), await readRecord(host, instanceId)]
      const main = guestOf(host, instanceId)?.main
      if (main === undefined || boot === '') return served
      if (record?.state !== 'ready') return boot
      const isServed = await giveMissing(host, record, { ...main, signal: AbortSignal.any(interrupted) })
      return isServed ? boot : undefined
    })
  } catch (error) {
    if (interrupted.some(({ aborted }) => aborted)) return served
    host.log.warn({ instanceId, error }, 'a guest that booted anew could not be given its devices')
    return undefined
  }
}

async function giveMissing(host: UmlHost, record: VmRecord, main: Listener): Promise<boolean> {
  if (!(await giveMissingDisks(host, record, main))) return false
  return await giveMissingNics(host, record, main)
}

async function shorten(host: UmlHost, instanceId: string): Promise<void> {
  await shortenConsoleLog(host, instanceId).catch((error: unknown) =>
    host.log.warn({ instanceId, error }, "a guest's console log could not be shortened"),
  )
}
