/** setPower: it resolves after it has seen the new state (rule 5) and may be repeated. */
import { stat } from 'node:fs/promises'
import type { Control, PowerWant } from '../../src/driver/driver.ts'
import { delay } from '../../src/util/delay.ts'
import { throwIfCancelled } from '../local/refusals.ts'
import { endGuest, startGuest } from './guest.ts'
import { mainOf, pidFile } from './guest-processes.ts'
import type { UmlHost } from './host.ts'
import { tellKernel } from './mconsole.ts'
import { unpauseGuest } from './pause.ts'
import { isAlive } from './proc.ts'
import type { VmRecord } from './vm-record.ts'
import { confirmPower, requireWhole } from './vm-record.ts'

const pollMs = 50

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
      return await confirmPower(host, record, 'on')
    case 'off':
      await endGuest(host, record)
      return await confirmPower(host, record, 'off')
    case 'reset':
      return await reset(host, record, control)
    case 'soft-off':
      if (power === 'on') await askToEnd(host, record, graceMs, control)
      await endGuest(host, record)
      return await confirmPower(host, record, 'off')
    case 'soft-reset': {
      const end = power === 'on' ? await askToEnd(host, record, graceMs, control) : undefined
      if (end !== 'rebooted') return await reset(host, record, control)
      return await confirmPower(host, record, 'on')
    }
  }
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
  await confirmPower(host, record, 'on')
}
