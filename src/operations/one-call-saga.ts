/** An action that is one call to the instance's host, after which the instance's state follows. */
import type { AgentCall } from '../bus/messages/agent-call.ts'
import type { HostId } from '../model/ids.ts'
import { transitionOf, type InstanceAction } from '../model/instance-states.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import type { Saga, StepContext } from './engine/saga.ts'
import { stepError } from './engine/step-error.ts'
import type { SagaParts } from './saga-parts.ts'

export interface OneCall {
  readonly action: InstanceAction
  /** What its step is called. */
  readonly step: string
  readonly toCall: (hostId: HostId, context: StepContext) => AgentCall
}

export function oneCallSaga(parts: SagaParts, { action, step, toCall }: OneCall): Saga {
  const { db, clock, calls } = parts
  return {
    kind: `instance-${action}`,
    steps: [
      {
        name: step,
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
