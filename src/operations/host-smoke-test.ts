/** Tries a host out: its agent makes a throw-away VM, sees it run and removes it. Until that went well the host takes no work. */
import type { HostId } from '../model/ids.ts'
import { endSmokeTest } from '../store/smoke-tests.ts'
import type { Saga, StepContext } from './engine/saga.ts'
import type { SagaParts } from './saga-parts.ts'

export const hostSmokeTestKind = 'host-smoke-test'

/** The operation's instance is the throw-away VM: `smokeTestId`. */
export interface HostSmokeTestInput {
  readonly hostId: HostId
}

export function hostSmokeTestSaga({ calls, clock }: SagaParts): Saga {
  return {
    kind: hostSmokeTestKind,
    steps: [
      {
        name: 'smoke-test',
        run(context) {
          const hostId = hostOf(context)
          return calls.call(context, hostId, { method: 'smoke-test', hostId, instanceId: context.instanceId })
        },
        // Nothing to undo: the agent removes the VM whatever happens, and the next test uses up what is left.
      },
    ],
    async succeeded(context, trx) {
      await endSmokeTest(trx, hostOf(context), { state: 'passed', message: '' }, clock.nowMs())
    },
    async failed(context, trx, error) {
      const message = error.details === '' ? error.message : `${error.message} (${error.details})`
      await endSmokeTest(trx, hostOf(context), { state: 'failed', message: message.slice(0, 4000) }, clock.nowMs())
      context.log.warn({ hostId: hostOf(context), error }, 'a host failed its smoke test; it takes no work')
    },
  }
}

function hostOf(context: StepContext): HostId {
  return (context.operation.input as unknown as HostSmokeTestInput).hostId
}
