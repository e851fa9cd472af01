/** Counts the steps that change something outside of this process, so that tests can fail after each of them. */
import { DriverError } from '../../src/driver/driver-error.ts'

export interface NativeFault {
  /** It strikes once, right after native call k. */
  readonly dieAfterNativeCall: number
  /** `service`: we die. `answer`: what was done is not answered. */
  readonly victim: 'service' | 'answer'
}

export class NativeCalls {
  readonly #victim: NativeFault['victim'] | undefined
  #left: number

  constructor(fault?: NativeFault) {
    this.#victim = fault?.victim
    this.#left = fault?.dieAfterNativeCall ?? Infinity
  }

  async run<T>(step: () => Promise<T>): Promise<T> {
    const result = await step()
    this.#left -= 1
    if (this.#left !== 0) return result
    if (this.#victim === 'service') process.kill(process.pid, 'SIGKILL')
    throw new DriverError('UNREACHABLE', 'The host does not answer.', { effect: 'unknown' })
  }
}
