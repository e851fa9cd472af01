/**
 * unshelve of an offloaded instance: the steps of a create, from the image that it was shelved into. In place: its VM is still there
 * and is started. Either way the image has done its duty then.
 */
import type { ImageRef } from '../driver/vm-spec.ts'
import type { HostId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { markDeleting } from '../store/images.ts'
import { changeInstance, findInstance, type InstanceChanges } from '../store/instances.ts'
import type { Saga, StepContext } from './engine/saga.ts'
import { buildSaga } from './instance-create.ts'
import { placedInstance } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'

/** Stored as the operation's input. */
export interface InstanceUnshelveInput {
  readonly image: ImageRef
  /** The only one that will do. */
  readonly hostId?: HostId
  /** When the tenant says something of it; null for any. */
  readonly availabilityZone?: string | null
}

export function instanceUnshelveSagas(parts: SagaParts): readonly Saga[] {
  return [unshelveSaga(parts), inPlaceSaga(parts)]
}

function unshelveSaga(parts: SagaParts): Saga {
  const { clock } = parts
  return {
    ...buildSaga(parts, 'unshelving'),
    kind: 'instance-unshelve',
    async succeeded(context, trx) {
      const { image, availabilityZone } = context.operation.input as unknown as InstanceUnshelveInput
      const zone = availabilityZone === undefined ? {} : { availabilityZone }
      await comeBack(context, trx, { bootImage: image, ...zone }, clock.nowMs())
    },
    async failed(context, trx) {
      const changes = { taskState: null, operationId: null, hostId: null } as const
      await changeInstance(trx, context.instanceId, changes, clock.nowMs(), { operationId: context.operationId })
    },
  }
}

function inPlaceSaga({ db, clock, calls }: SagaParts): Saga {
  return {
    kind: 'instance-unshelve-in-place',
    steps: [
      {
        name: 'start',
        async run(context) {
          const { hostId } = await placedInstance(db, context)
          const { instanceId } = context
          await calls.call(context, hostId, { method: 'set-power', hostId, instanceId, want: 'on' })
          return undefined
        },
        async undo(context) {
          const { hostId } = await placedInstance(db, context)
          const { instanceId } = context
          await calls.call(context, hostId, { method: 'set-power', hostId, instanceId, want: 'off' }, '/undo')
        },
      },
    ],
    succeeded: (context, trx) => comeBack(context, trx, {}, clock.nowMs()),
    async failed(context, trx) {
      const changes = { taskState: null, operationId: null } as const
      await changeInstance(trx, context.instanceId, changes, clock.nowMs(), { operationId: context.operationId })
    },
  }
}

async function comeBack(
  { instanceId, operationId }: StepContext,
  trx: Db,
  more: InstanceChanges,
  nowMs: number,
): Promise<void> {
  const imageId = (await findInstance(trx, instanceId))?.shelved?.imageId
  const changes = {
    ...more,
    vmState: 'active',
    taskState: null,
    operationId: null,
    fault: null,
    shelved: null,
  } as const
  // A delete that took it over takes the image along itself.
  if (!(await changeInstance(trx, instanceId, changes, nowMs, { operationId }))) return
  if (imageId !== undefined) await markDeleting(trx, imageId, nowMs)
}
