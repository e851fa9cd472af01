/** The fault knobs: which call goes wrong, how, and how often. */
import { DriverError, driverErrorCodes, type DriverErrorCode } from '../../src/driver/index.ts'
import type { FaultConfig } from './manifest.ts'

export const faultedCalls = [
  'ensurePresent',
  'ensureAbsent',
  'setPower',
  'get',
  'list',
  'snapshot',
  'migrate',
  'setAdminPassword',
  'attach',
  'detach',
] as const
export type FaultedCall = (typeof faultedCalls)[number]

export class Faults {
  readonly #faults: { readonly config: FaultConfig; seen: number; struck: number }[]

  constructor(configs: readonly FaultConfig[]) {
    this.#faults = configs.map((config) => ({ config, seen: 0, struck: 0 }))
  }

  /** Runs `work` as the knobs want it. @throws DriverError */
  async around<T>(
    call: FaultedCall,
    node: string,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
    lie: T,
  ): Promise<T> {
    const fault = this.#take(call, node)
    if (fault === undefined) return work()
    switch (fault.action) {
      case 'fail':
        throw toError(fault, 'none')
      case 'stall':
        return stall(signal)
      case 'lose-answer':
        await work()
        throw toError(fault, 'unknown')
      case 'lie':
        return lie
      default:
        return fault.action satisfies never
    }
  }

  #take(call: FaultedCall, node: string): FaultConfig | undefined {
    for (const fault of this.#faults) {
      const { config } = fault
      if (config.call !== call || (config.node !== undefined && config.node !== node)) continue
      fault.seen += 1
      if (fault.seen <= (config.after ?? 0) || fault.struck >= (config.times ?? Infinity)) continue
      fault.struck += 1
      return config
    }
    return undefined
  }
}

function toError(fault: FaultConfig, effect: 'none' | 'unknown'): DriverError {
  const code = (driverErrorCodes as readonly string[]).includes(fault.code ?? '')
    ? (fault.code as DriverErrorCode)
    : 'HYPERVISOR'
  const options = fault.retry === undefined ? { effect } : { effect, retry: fault.retry }
  return new DriverError(code, fault.message ?? 'The simulated hypervisor failed, as it was told to.', options)
}

function stall(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new DriverError('CANCELLED', 'The call was cancelled.', { effect: 'none' }))
    if (signal?.aborted === true) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
