/** Speaks with a guest's kernel over its management console, by uml_mconsole. */
import { DriverError } from '../../src/driver/driver-error.ts'
import { delay } from '../../src/util/delay.ts'
import { ProgramError, runProgram } from '../local/programs.ts'
import { asGuest } from './as-guest.ts'
import type { UmlHost } from './host.ts'
import { runDir } from './host.ts'
import type { VmRecord } from './vm-record.ts'

const answerMs = 5_000
const pollMs = 50

export interface Answer {
  readonly isOk: boolean
  readonly text: string
}

/** @returns undefined when nobody answers: the kernel is not there, or not yet */
export async function askKernel(
  host: UmlHost,
  record: VmRecord,
  command: string,
  timeoutMs = answerMs,
): Promise<Answer | undefined> {
  const { instanceId } = record
  const cwd = runDir(host, instanceId)
  const { file, args } = asGuest(record, ['uml_mconsole', `./${instanceId}/mconsole`, ...command.split(' ')])
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd }
  const { stdout } = await runProgram(file, args, { cwd, env, timeout: timeoutMs }).catch((error: unknown) => {
    if (error instanceof ProgramError) return error
    throw error
  })
  const found = /^(OK|ERR) ?([^]*)$/.exec(stdout)
  return found === null ? undefined : { isOk: found[1] === 'OK', text: (found[2] ?? '').trim() }
}

/**
 * The same of a kernel that may still be coming up.
 * @throws DriverError BUSY when it does not answer for `patienceMs`; the signal's reason when that ends it between two tries
 */
export async function tellKernel(
  host: UmlHost,
  record: VmRecord,
  command: string,
  options: {
    readonly patienceMs: number
    readonly isAlive: () => boolean
    readonly signal?: AbortSignal | undefined
    /** For one try. */
    readonly timeoutMs?: number
  },
): Promise<Answer> {
  const deadline = performance.now() + options.patienceMs
  for (;;) {
    options.signal?.throwIfAborted()
    const answer = await askKernel(host, record, command, options.timeoutMs)
    if (answer !== undefined) return answer
    if (!options.isAlive()) throw new DriverError('WRONG_STATE', 'The guest has ended.', { effect: 'none' })
    if (performance.now() > deadline) throw new DriverError('BUSY', 'The guest does not answer.', { effect: 'none' })
    await delay(pollMs)
  }
}
