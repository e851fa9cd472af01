/** Has a guest's kernel stop and go on, and makes sure that it did. */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { UmlHost } from './host.ts'
import { askKernel, tellKernel, type Answer } from './mconsole.ts'
import type { GuestProcess } from './proc.ts'
import { isAlive } from './proc.ts'
import type { VmRecord } from './vm-record.ts'

/** How long a kernel may take to come up and listen. */
const patienceMs = 20_000

export type Patience = Partial<Parameters<typeof tellKernel>[3]>

/** While somebody may cancel, whom we owe an end within 5 s. */
export const shortTries = { timeoutMs: 2_000 } as const
export const oneShortTry = { patienceMs: 0, ...shortTries } as const

/** The kernel's words. */
const isStoppedText = 'Already stopped'
const goesOnText = 'Not stopped'
const mostTries = 5

/**
 * Nobody can ask a kernel whether it is stopped; but only one that is refuses to stop again, and only one that is not to go on.
 * What others ask it meanwhile is answered first; they must have been able to see that it is being stopped.
 * @throws DriverError BUSY; HYPERVISOR when it answered success and changed nothing
 */
export async function stop(host: UmlHost, record: VmRecord, main: GuestProcess, patience?: Patience): Promise<void> {
  await host.questions.take(record.instanceId, async () => undefined)
  await host.native.run(() => tellToStop(host, record, main, patience))
  const { isOk, text } = await tellToStop(host, record, main, patience)
  if (isOk || !text.includes(isStoppedText)) throw unchanged(text)
}

export async function tellToStop(
  host: UmlHost,
  record: VmRecord,
  main: GuestProcess,
  patience?: Patience,
): Promise<Answer> {
  return await tell(host, record, main, 'stop', patience)
}

/**
 * As stop. What was given up may be heard all the same, and stops it once more.
 *
 * A stopped kernel that was told more than that may say falsely that it goes on, and hangs (pause.ts). A command that it does not
 * know gets it out of there.
 */
export async function go(host: UmlHost, record: VmRecord, main: GuestProcess, patience?: Patience): Promise<void> {
  let said = ''
  let isSure = false
  for (let tries = 0; tries < mostTries; tries++) {
    const { isOk, text } = await tell(host, record, main, 'go', patience)
    const goesOn = !isOk && text.includes(goesOnText)
    if (goesOn && isSure) return
    if (goesOn) await askKernel(host, record, 'nothing', patience?.timeoutMs)
    isSure = isOk || goesOn
    said = text
  }
  throw unchanged(said)
}

async function tell(
  host: UmlHost,
  record: VmRecord,
  main: GuestProcess,
  command: 'stop' | 'go',
  patience: Patience = {},
): Promise<Answer> {
  return await tellKernel(host, record, command, { patienceMs, isAlive: () => isAlive(main), ...patience })
}

function unchanged(native: string): DriverError {
  return new DriverError('HYPERVISOR', 'The guest answered success and changed nothing.', { effect: 'unknown', native })
}
