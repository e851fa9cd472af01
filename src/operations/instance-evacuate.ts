/**
 * evacuate: pick-host → claim → define-vm → start (land-vm.ts), from the image, for a host that is down. The old host is not
 * asked: with the last word the instance has no claim there any more, and when the host comes back its VM is an orphan.
 */
import type { ImageRef } from '../driver/vm-spec.ts'
import type { Instance } from '../model/instance.ts'
import { releaseAllocations } from '../store/allocations.ts'
import { changeInstance } from '../store/instances.ts'
import type { Saga, StepContext } from './engine/saga.ts'
import { landingSteps, pickedName, type Landing } from './land-vm.ts'
import { mustHavePicked, tryingHosts } from './pick-host.ts'
import { placedInstance } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { noteMigration, type MigrationInput } from './server-migration-record.ts'

/** Stored as the operation's input; `hostId` when one host alone will do. */
export interface InstanceEvacuateInput extends MigrationInput {
  readonly image: ImageRef
  readonly hostId?: string
  /** A stopped server stays stopped. */
  readonly start: boolean
}

export function instanceEvacuateSaga(parts: SagaParts): Saga {
  const { clock } = parts
  const read = (context: StepContext, { flavor }: Instance): Landing => {
    const { image, start } = inputOf(context)
    return { flavor, images: { root: image }, isRunning: start }
  }
  return {
    kind: 'instance-evacuate',
    ...tryingHosts,
    steps: landingSteps(parts, { idle: 'rebuilding', landing: 'rebuilding', status: 'pre-migrating' }, read),
    async succeeded(context, trx) {
      const nowMs = clock.nowMs()
      const { instance, hostId } = await placedInstance(trx, context)
      const { image, start } = inputOf(context)
      const changes = {
        vmState: start ? 'active' : 'stopped',
        taskState: null,
        operationId: null,
        fault: null,
        hostId: mustHavePicked(context),
        bootImage: image,
        launchedAtMs: nowMs,
      } as const
      await releaseAllocations(trx, instance.id, nowMs, hostId)
      await changeInstance(trx, instance.id, changes, nowMs, { operationId: context.operationId })
      await noteMigration(trx, context, { status: 'done', destHost: pickedName(context) }, nowMs)
    },
    async failed(context, trx, error, cancelled) {
      const nowMs = clock.nowMs()
      const fault = { code: 500, message: error.message, details: error.details, createdAtMs: nowMs }
      const changes = { taskState: null, operationId: null, ...(cancelled ? {} : { fault }) } as const
      await changeInstance(trx, context.instanceId, changes, nowMs, { operationId: context.operationId })
      await noteMigration(trx, context, { status: cancelled ? 'cancelled' : 'error' }, nowMs)
    },
  }
}

function inputOf({ operation }: StepContext): InstanceEvacuateInput {
  return operation.input as unknown as InstanceEvacuateInput
}
