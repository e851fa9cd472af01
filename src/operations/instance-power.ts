/** start, stop, reboot, pause, suspend and their ways back: one call to the host, and the instance's state follows. */
import type { AgentCall } from '../bus/messages/agent-call.ts'
import type { HostId } from '../model/ids.ts'
import { transitionOf, type InstanceAction } from '../model/instance-states.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import type { Saga, StepContext } from './engine/saga.ts'
import { stepError } from './engine/step-error.ts'
import type { SagaParts } from './saga-parts.ts'

export interface InstancePowerOptions {
  /** How long a guest may take to shut itself down before it is switched off. */
  readonly stopGraceMs: number
}

type PowerCall = (hostId: HostId, context: StepContext) => AgentCall

export function instancePowerSagas(parts: SagaParts, options: InstancePowerOptions): readonly Saga[] {
  const power =
    (want: 'on' | 'soft-off' | 'soft-reset' | 'reset'): PowerCall =>
    (hostId, { instanceId }) => ({
      method: 'set-power',
      hostId,
      instanceId,
      want,
      ...(want.startsWith('soft') ? { graceMs: options.stopGraceMs } : {}),
    })
  return [
    powerSaga(parts, 'start', power('on')),
    powerSaga(parts, 'stop', power('soft-off')),
    powerSaga(parts, 'reboot-soft', power('soft-reset')),
    powerSaga(parts, 'reboot-hard', power('reset')),
    ...(['pause', 'unpause', 'suspend', 'resume'] as const).map((method) =>
      powerSaga(parts, method, (hostId, { instanceId }) => ({ method, hostId, instanceId })),
    ),
  ]
}

function powerSaga(parts: SagaParts, action: InstanceAction, toCall: PowerCall): Saga {
  const { db, clock, calls } = parts
  return {
    kind: `instance-${action}`,
    steps: [
      {
        name: 'set-power',
        beginsWithWork: true,
        async run(context) {
          const hostId = (await findInstance(db, context.instanceId))?.hostId
          if (hostId === undefined || hostId === null) {
            throw stepError('no-host', 'The server is on no host; delete it and create it again.')
          }
          return calls.call(context, hostId, toCall(hostId, context))
        },
        // Nothing to undo: what the guest saw cannot be unseen, and its state is read back either way.
      },
    ],
    async succeeded(context, trx) {
      const changes = { vmState: transitionOf(action).to, taskState: null, operationId: null, fault: null } as const
      await changeInstance(trx, context.instanceId, changes, clock.nowMs(), { operationId: context.operationId })
    },
    async failed(context, trx, error, cancelled) {
      const nowMs = clock.nowMs()
      const fault = { code: 500, message: error.message, details: error.details, createdAtMs: nowMs }
      // The stable state stays: power-sync sets it right from what the host says.
      const changes = { taskState: null, operationId: null, ...(cancelled ? {} : { fault }) } as const
      await changeInstance(trx, context.instanceId, changes, nowMs, { operationId: context.operationId })
    },
  }
}
