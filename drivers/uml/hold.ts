/** Moments in which a guest does nothing, while its disks are copied. */
import type { Listener } from './guest-disks.ts'
import { mainOf } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { isHeld, readPaused, removeHeld, writeHeld } from './paused-record.ts'
import type { GuestProcess } from './proc.ts'
import { isAlive } from './proc.ts'
import { go, oneShortTry, shortTries, stop, type Patience } from './stop-and-go.ts'
import type { VmRecord } from './vm-record.ts'
import { powerNow } from './vm-record.ts'

/**
 * Runs `work` while the guest does nothing; a guest that was paused stays so. One that does not hear that it may go on is told
 * so again by the watch.
 * @throws the signal's reason
 */
export async function whileHeld(
  host: UmlHost,
  record: VmRecord,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  const main = await mainOf(host, record.instanceId)
  if (main === undefined || (await powerNow(host, record)) === 'paused') return await work()
  await writeHeld(host, record, main)
  try {
    await stop(host, record, main, { signal, ...shortTries })
    await work()
  } finally {
    await letGo(host, record, main, oneShortTry).catch((error: unknown) =>
      host.log.warn({ instanceId: record.instanceId, error }, 'a guest that was held does not hear that it may go on'),
    )
  }
}

/** Nobody holds it any more. @throws DriverError BUSY, the signal's reason */
export async function settleHeld(host: UmlHost, record: VmRecord, main: Listener): Promise<void> {
  const isPaused = (await readPaused(host, record, main)) !== undefined
  if (!isPaused && (await isHeld(host, record.instanceId, main)))
    return await letGo(host, record, main, { signal: main.signal })
  await removeHeld(host, record)
}

/** @throws DriverError BUSY, the signal's reason: then it is written down as held still */
async function letGo(host: UmlHost, record: VmRecord, main: GuestProcess, patience: Patience): Promise<void> {
  try {
    await go(host, record, main, patience)
  } catch (error) {
    if (isAlive(main)) throw error
  }
  await removeHeld(host, record)
}
