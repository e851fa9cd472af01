/** setPower, pause and unpause. Each resolves after it has seen the new state (rule 5) and may be repeated. */
import { readFile, rm, stat } from 'node:fs/promises'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control, PowerWant } from '../../src/driver/driver.ts'
import type { DriverPower } from '../../src/driver/vm-spec.ts'
import { delay } from '../../src/util/delay.ts'
import { writeWhole } from '../local/whole-file.ts'
import { throwIfCancelled, wrongState } from '../local/refusals.ts'
import type { Listener } from './guest-disks.ts'
import { endGuest, startGuest } from './guest.ts'
import { mainOf, pidFile } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { heldPath, pausedPath } from './host.ts'
import { tellKernel, type Answer } from './mconsole.ts'
import type { GuestProcess } from './proc.ts'
import { isAlive } from './proc.ts'
import type { VmRecord } from './vm-record.ts'
import { listRecords, pausedText, powerNow, requireRecord } from './vm-record.ts'

const pollMs = 50
/** How long a kernel may take to come up and listen. */
const patienceMs = 20_000
/** For one try while somebody may cancel, whom we owe an end within 5 s. */
const shortMs = 2_000

export async function setPower(
  host: UmlHost,
  instanceId: string,
  want: PowerWant,
  options: { readonly graceMs?: number },
  control: Control,
): Promise<void> {
  const graceMs = Math.min(options.graceMs ?? Infinity, host.config.graceMs)
  throwIfCancelled(control)
  const { record, power } = await requireWhole(host, instanceId)
  control.progress({ phase: want === 'off' || want === 'soft-off' ? 'stop' : 'start' })
  switch (want) {
    case 'on':
      if (power === 'paused') await unpauseGuest(host, record)
      if (power === 'off') await startGuest(host, record, control)
      return await confirm(host, record, 'on')
    case 'off':
      await endGuest(host, record)
      return await confirm(host, record, 'off')
    case 'reset':
      return await reset(host, record, control)
    case 'soft-off':
      if (power === 'on') await askToEnd(host, record, graceMs, control)
      await endGuest(host, record)
      return await confirm(host, record, 'off')
    case 'soft-reset': {
      const end = power === 'on' ? await askToEnd(host, record, graceMs, control) : undefined
      if (end !== 'rebooted') return await reset(host, record, control)
      return await confirm(host, record, 'on')
    }
  }
}

export async function pause(host: UmlHost, instanceId: string, control: Control): Promise<void> {
  throwIfCancelled(control)
  const { record, power } = await requireWhole(host, instanceId)
  if (power === 'paused') return
  const main = await mainOf(host, instanceId)
  if (power !== 'on' || main === undefined) throw wrongState(power)
  // Written first: whatever comes between, the guest is paused when the driver is open again (settlePaused).
  await writeWhole(pausedPath(host, instanceId), pausedText(main), { mode: 0o600 })
  try {
    await pauseGuest(host, record, main)
  } catch (error) {
    // It may be paused all the same, and nobody would know.
    await tell(host, record, main, 'go', { patienceMs: 0, timeoutMs: shortMs }).catch(() => undefined)
    await rm(pausedPath(host, instanceId), { force: true })
    throw error
  }
  await confirm(host, record, 'paused')
}

export async function unpause(host: UmlHost, instanceId: string, control: Control): Promise<void> {
  throwIfCancelled(control)
  const { record, power } = await requireWhole(host, instanceId)
  if (power === 'on') return
  if (power !== 'paused') throw wrongState(power)
  await unpauseGuest(host, record)
  await confirm(host, record, 'on')
}

/**
 * Runs `work` while the guest does nothing; a guest that was paused stays so. One that does not hear that it may go on is told
 * so again by the watch.
 * @throws the signal's reason
 */
export async function whilePaused(
  host: UmlHost,
  record: VmRecord,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  const main = await mainOf(host, record.instanceId)
  if (main === undefined || (await powerNow(host, record)) === 'paused') return await work()
  const held = heldPath(host, record.instanceId)
  await writeWhole(held, pausedText(main), { mode: 0o600 })
  try {
    await pauseGuest(host, record, main, { signal, timeoutMs: shortMs })
    await work()
  } finally {
    await letGo(host, record, main, { patienceMs: 0, timeoutMs: shortMs }).catch((error: unknown) =>
      host.log.warn({ instanceId: record.instanceId, error }, 'a guest that was held does not hear that it may go on'),
    )
  }
}

export async function isHeld(host: UmlHost, instanceId: string): Promise<boolean> {
  return (await readText(heldPath(host, instanceId))) !== undefined
}

/** Nobody holds it any more. @throws DriverError BUSY, the signal's reason */
export async function settleHeld(host: UmlHost, record: VmRecord, main: Listener): Promise<void> {
  const { instanceId } = record
  const [paused, held] = await Promise.all([pausedPath, heldPath].map((path) => readText(path(host, instanceId))))
  if (held === pausedText(main) && held !== paused) return await letGo(host, record, main, { signal: main.signal })
  await rm(heldPath(host, instanceId), { force: true })
}

/** @throws DriverError BUSY, the signal's reason: then it is written down as held still */
async function letGo(host: UmlHost, record: VmRecord, main: GuestProcess, patience: Patience): Promise<void> {
  try {
    await goOn(host, record, main, patience)
  } catch (error) {
    if (isAlive(main)) throw error
  }
  await rm(heldPath(host, record.instanceId), { force: true })
}

/** After a crash: a guest that is written down as paused is paused, and one that was only held for a moment goes on. */
export async function settlePaused(host: UmlHost): Promise<void> {
  const settle = async (record: VmRecord): Promise<void> => {
    const { instanceId } = record
    const main = await mainOf(host, instanceId)
    if (main === undefined) return
    if ((await readText(pausedPath(host, instanceId))) === pausedText(main)) await tell(host, record, main, 'stop')
    await settleHeld(host, record, main)
  }
  for (const record of await listRecords(host)) {
    await settle(record).catch((error: unknown) =>
      host.log.warn({ instanceId: record.instanceId, error }, 'a guest that should be paused, or not, does not answer'),
    )
  }
}

/**
 * Nobody can ask a kernel whether it is paused; but only one that is refuses to pause again, and only one that is not to go on.
 * @throws DriverError BUSY; HYPERVISOR when it answered success and changed nothing
 */
async function pauseGuest(host: UmlHost, record: VmRecord, main: GuestProcess, patience?: Patience): Promise<void> {
  await host.native.run(() => tell(host, record, main, 'stop', patience))
  const { isOk, text } = await tell(host, record, main, 'stop', patience)
  if (isOk || !text.includes(isPausedText)) throw unchanged(text)
}

/** As pauseGuest. What was given up may be heard all the same, and pauses it once more. */
async function goOn(host: UmlHost, record: VmRecord, main: GuestProcess, patience?: Patience): Promise<void> {
  let said = ''
  for (let tries = 0; tries < mostTries; tries++) {
    const { isOk, text } = await tell(host, record, main, 'go', patience)
    if (!isOk && text.includes(goesOnText)) return
    said = text
  }
  throw unchanged(said)
}

/** The kernel's words. */
const isPausedText = 'Already stopped'
const goesOnText = 'Not stopped'
const mostTries = 4

function unchanged(native: string): DriverError {
  return new DriverError('HYPERVISOR', 'The guest answered success and changed nothing.', { effect: 'unknown', native })
}

async function unpauseGuest(host: UmlHost, record: VmRecord): Promise<void> {
  const main = await mainOf(host, record.instanceId)
  if (main === undefined) throw wrongState('off')
  await host.native.run(() => goOn(host, record, main))
  await rm(pausedPath(host, record.instanceId), { force: true })
}

type Patience = Partial<Parameters<typeof tellKernel>[3]>

async function tell(
  host: UmlHost,
  record: VmRecord,
  main: GuestProcess,
  command: 'stop' | 'go' | 'cad',
  patience: Patience = {},
): Promise<Answer> {
  return await tellKernel(host, record, command, { patienceMs, isAlive: () => isAlive(main), ...patience })
}

/**
 * Ctrl-Alt-Del: what a guest does then is reboot, as a rule, after it has ended everything in good order; so the end of
 * the one is the beginning of the other, and which of them is kept is the caller's choice.
 */
async function askToEnd(
  host: UmlHost,
  record: VmRecord,
  graceMs: number,
  control: Control,
): Promise<'ended' | 'rebooted' | 'deaf'> {
  const main = await mainOf(host, record.instanceId)
  if (main === undefined) return 'ended'
  if (graceMs <= 0) return 'deaf'
  const bootNow = (): Promise<string> => bootOf(host, record.instanceId)
  const before = await bootNow()
  const deadline = performance.now() + graceMs
  const answer = tellKernel(host, record, 'cad', { patienceMs: graceMs, isAlive: () => isAlive(main) })
  await answer.catch(() => undefined) // it is deaf, or has ended by itself
  while (performance.now() < deadline) {
    throwIfCancelled(control, 'partial')
    if (!isAlive(main)) return 'ended'
    const now = await bootNow()
    if (now !== '' && now !== before) return 'rebooted'
    await delay(pollMs, control.signal)
  }
  throwIfCancelled(control, 'partial')
  return 'deaf'
}

/** A kernel that boots anew makes its pid file anew. Empty while there is none. */
export async function bootOf(host: UmlHost, instanceId: string): Promise<string> {
  const found = await stat(pidFile(host, instanceId), { bigint: true }).catch(() => undefined)
  return found === undefined ? '' : `${found.ino} ${found.ctimeNs}`
}

async function reset(host: UmlHost, record: VmRecord, control: Control): Promise<void> {
  await endGuest(host, record)
  await startGuest(host, record, control)
  await confirm(host, record, 'on')
}

async function readText(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined)
}

async function requireWhole(host: UmlHost, instanceId: string): Promise<{ record: VmRecord; power: DriverPower }> {
  const record = await requireRecord(host, instanceId)
  if (record.state !== 'ready') throw wrongState('building')
  return { record, power: await powerNow(host, record) }
}

async function confirm(host: UmlHost, record: VmRecord, wanted: DriverPower): Promise<void> {
  const power = await powerNow(host, record)
  if (power === wanted) return
  const text = `The virtual machine is ${power}, and should be ${wanted}.`
  throw new DriverError('HYPERVISOR', text, { effect: 'unknown' })
}
