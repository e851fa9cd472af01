/**
 * Looks at guests' processes often enough to tell of an end within a moment, keeps their consoles short, and gives those that
 * booted anew by themselves what was attached to them.
 */
import type { DriverEvent } from '../../src/driver/driver.ts'
import { delay } from '../../src/util/delay.ts'
import { shortenConsoleLog } from './console-log.ts'
import { giveMissingDisks } from './guest-disks.ts'
import { giveMissingNics } from './guest-nics.ts'
import type { GuestProcess } from './guest-processes.ts'
import { findGuests, isAlive } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { bootOf } from './power.ts'
import type { VmRecord } from './vm-record.ts'
import { readRecord } from './vm-record.ts'

/** Asking for a process that is known costs microseconds; looking for all of them, milliseconds. */
const lookMs = 200
const searchEvery = 10

export async function* watchEvents(host: UmlHost, signal: AbortSignal): AsyncGenerator<DriverEvent> {
  let known = mainProcesses(host)
  const served = new Map<string, string>()
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
    for (const [instanceId, main] of now) {
      await shorten(host, instanceId)
      await serveBoot(host, instanceId, main, served)
    }
    for (const instanceId of served.keys()) if (!now.has(instanceId)) served.delete(instanceId)
  }
}

function mainProcesses(host: UmlHost): ReadonlyMap<string, GuestProcess> {
  const found = new Map<string, GuestProcess>()
  for (const [id, { main }] of findGuests(host).ours) if (main !== undefined) found.set(id, main)
  return found
}

/** @param served the boots of guests that have all their devices */
async function serveBoot(
  host: UmlHost,
  instanceId: string,
  main: GuestProcess,
  served: Map<string, string>,
): Promise<void> {
  try {
    const boot = await bootOf(host, instanceId)
    if (boot === '' || served.get(instanceId) === boot) return
    const record = await readRecord(host, instanceId)
    if (record?.state !== 'ready' || (await giveMissing(host, record, main))) served.set(instanceId, boot)
  } catch (error) {
    host.log.warn({ instanceId, error }, 'a guest that booted anew could not be given its devices')
  }
}

async function giveMissing(host: UmlHost, record: VmRecord, main: GuestProcess): Promise<boolean> {
  if (!(await giveMissingDisks(host, record, main))) return false
  return await giveMissingNics(host, record, main)
}

async function shorten(host: UmlHost, instanceId: string): Promise<void> {
  await shortenConsoleLog(host, instanceId).catch((error: unknown) =>
    host.log.warn({ instanceId, error }, "a guest's console log could not be shortened"),
  )
}
