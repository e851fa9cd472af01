/**
 * remove-vm → define-vm → start: the same instance on the same host, made anew from its image. There is no way back: the
 * old disks are gone with the first step, and whatever fails leaves the instance in ERROR, to be rebuilt again.
 */
import { changeInstance } from '../store/instances.ts'
import type { Saga } from './engine/saga.ts'
import { adminPassOf } from './admin-pass.ts'
import { newConfigDrive } from './config-drive/config-drive-disk.ts'
import { stepError } from './engine/step-error.ts'
import { placedInstance } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { toVmSpec } from './vm-spec.ts'

/** Stored as the operation's input. */
export interface InstanceRebuildInput {
  /** A stopped server stays stopped. */
  readonly start: boolean
}

export function instanceRebuildSaga({ db, clock, calls }: SagaParts): Saga {
  const isStarted = (input: unknown): boolean => (input as InstanceRebuildInput).start
  return {
    kind: 'instance-rebuild',
    steps: [
      {
        name: 'remove-vm',
        async run(context) {
          const { hostId } = await placedInstance(db, context)
          await calls.call(context, hostId, { method: 'ensure-absent', hostId, instanceId: context.instanceId })
          return undefined
        },
      },
      {
        name: 'define-vm',
        async run(context) {
          const { instance, hostId } = await placedInstance(db, context)
          if (instance.bootImage === null) throw stepError('boot-image-unknown', 'The server has no image.')
          const configDrive = newConfigDrive(instance, adminPassOf(context.operation))
          const spec = toVmSpec(instance, instance.bootImage, hostId, configDrive)
          await calls.call(context, hostId, { method: 'ensure-present', hostId, spec })
          return undefined
        },
      },
      {
        name: 'start',
        async run(context) {
          if (!isStarted(context.operation.input)) return undefined
          const { hostId } = await placedInstance(db, context)
          const { instanceId } = context
          await calls.call(context, hostId, { method: 'set-power', hostId, instanceId, want: 'on' })
          return undefined
        },
      },
    ],
    async succeeded(context, trx) {
      const nowMs = clock.nowMs()
      const vmState = isStarted(context.operation.input) ? 'active' : 'stopped'
      const changes = { vmState, taskState: null, operationId: null, fault: null, launchedAtMs: nowMs } as const
      await changeInstance(trx, context.instanceId, changes, nowMs, { operationId: context.operationId })
    },
    async failed(context, trx, error) {
      const nowMs = clock.nowMs()
      const fault = { code: 500, message: error.message, details: error.details, createdAtMs: nowMs }
      const changes = { vmState: 'error', taskState: null, operationId: null, fault } as const
      await changeInstance(trx, context.instanceId, changes, nowMs, { operationId: context.operationId })
    },
  }
}
