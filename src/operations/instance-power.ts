/** start, stop, reboot, pause, suspend and their ways back: one call to the host, and the instance's state follows. */
import type { Saga } from './engine/saga.ts'
import { oneCallSaga, type OneCall } from './one-call-saga.ts'
import type { SagaParts } from './saga-parts.ts'

export interface InstancePowerOptions {
  /** How long a guest may take to shut itself down before it is switched off. */
  readonly stopGraceMs: number
}

const step = { step: 'set-power' } as const

export function instancePowerSagas(parts: SagaParts, options: InstancePowerOptions): readonly Saga[] {
  const power =
    (want: 'on' | 'soft-off' | 'soft-reset' | 'reset'): OneCall['toCall'] =>
    (hostId, { instanceId }) => ({
      method: 'set-power',
      hostId,
      instanceId,
      want,
      ...(want.startsWith('soft') ? { graceMs: options.stopGraceMs } : {}),
    })
  return [
    oneCallSaga(parts, { ...step, action: 'start', toCall: power('on') }),
    oneCallSaga(parts, { ...step, action: 'stop', toCall: power('soft-off') }),
    oneCallSaga(parts, { ...step, action: 'reboot-soft', toCall: power('soft-reset') }),
    oneCallSaga(parts, { ...step, action: 'reboot-hard', toCall: power('reset') }),
    ...(['pause', 'unpause', 'suspend', 'resume'] as const).map((method) =>
      oneCallSaga(parts, {
        ...step,
        action: method,
        toCall: (hostId, { instanceId }) => ({ method, hostId, instanceId }),
      }),
    ),
  ]
}
