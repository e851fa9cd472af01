/**
 * shelve: power-off → announce → send-image → keep → offload. Up to keep everything has its way back; from then on the instance is
 * shelved, and what fails later leaves it so. Offloaded, its VM and its claim are gone and only the image is left;
 * the quota is still the tenant's.
 */
import type { ImageId } from '../model/ids.ts'
import { releaseAllocations } from '../store/allocations.ts'
import { inTransaction } from '../store/database.ts'
import { findImage, markDeleting } from '../store/images.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { type StepError, stepError } from './engine/step-error.ts'
import { markAvailable, snapshotImageId, snapshotSteps } from './instance-snapshot.ts'
import { removeVmOrLeave } from './remove-vm.ts'
import { placedInstance } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'

/** Stored as the operation's input. */
export interface InstanceShelveInput {
  readonly imageId: ImageId
  /** Whether it leaves its host at once. */
  readonly offload: boolean
}

export function instanceShelveSagas(
  parts: SagaParts,
  { stopGraceMs }: { readonly stopGraceMs: number },
): readonly Saga[] {
  return [shelveSaga(parts, stopGraceMs), offloadSaga(parts)]
}

function shelveSaga(parts: SagaParts, stopGraceMs: number): Saga {
  const { clock } = parts
  return {
    kind: 'instance-shelve',
    steps: [
      powerOff(parts, stopGraceMs),
      ...snapshotSteps(parts, 'shelving'),
      keep(parts),
      offload(parts, ({ operation }) => (operation.input as unknown as InstanceShelveInput).offload),
    ],
    async succeeded(context, trx) {
      const changes = { taskState: null, operationId: null, fault: null } as const
      await changeInstance(trx, context.instanceId, changes, clock.nowMs(), { operationId: context.operationId })
    },
    async failed(context, trx) {
      const nowMs = clock.nowMs()
      const instance = await findInstance(trx, context.instanceId)
      const idle = { taskState: null, operationId: null } as const
      await changeInstance(trx, context.instanceId, idle, nowMs, { operationId: context.operationId })
      // Kept already: it goes with the instance.
      if (instance?.shelved?.imageId !== snapshotImageId(context))
        await markDeleting(trx, snapshotImageId(context), nowMs)
    },
  }
}

function offloadSaga(parts: SagaParts): Saga {
  const idle = { taskState: null, operationId: null } as const
  const end: Saga['succeeded'] = async ({ instanceId, operationId }, trx) => {
    await changeInstance(trx, instanceId, idle, parts.clock.nowMs(), { operationId })
  }
  return { kind: 'instance-shelve-offload', steps: [offload(parts, () => true)], succeeded: end, failed: end }
}

function powerOff({ db, calls }: SagaParts, stopGraceMs: number): Step {
  return {
    name: 'power-off',
    async run(context) {
      const { instance, hostId } = await placedInstance(db, context)
      const { id: instanceId, vmState } = instance
      if (vmState === 'stopped') return undefined
      const off = { method: 'set-power', hostId, instanceId } as const
      const isRunning = vmState === 'active'
      const call = isRunning
        ? ({ ...off, want: 'soft-off', graceMs: stopGraceMs } as const)
        : { ...off, want: 'off' as const }
      await calls.call(context, hostId, call)
      return undefined
    },
    // What a paused or a suspended guest had in its memory is gone; power-sync says what it is then.
    async undo(context) {
      const instance = await findInstance(db, context.instanceId)
      if (instance?.vmState !== 'active' || instance.hostId === null) return
      const { id: instanceId, hostId } = instance
      await calls.call(context, hostId, { method: 'set-power', hostId, instanceId, want: 'on' }, '/undo')
    },
  }
}

/** There is no way back from here: the image is what the instance comes back from. */
function keep({ db, clock }: SagaParts): Step {
  return {
    name: 'keep',
    async run(context) {
      const imageId = snapshotImageId(context)
      const { instanceId, operationId } = context
      await inTransaction(db, async (trx) => {
        await context.hold(trx)
        const nowMs = clock.nowMs()
        if (!(await markAvailable(trx, imageId, nowMs))) throw imageGone()
        const changes = { vmState: 'shelved', shelved: { imageId, atMs: nowMs } } as const
        await changeInstance(trx, instanceId, changes, nowMs, { operationId })
      })
      return undefined
    },
  }
}

function offload(parts: SagaParts, isWanted: (context: StepContext) => boolean): Step {
  const { db, clock } = parts
  return {
    name: 'offload',
    async run(context) {
      if (!isWanted(context)) return undefined
      const { instanceId, operationId } = context
      const { hostId, shelved } = (await findInstance(db, instanceId)) ?? {}
      if (hostId === undefined || hostId === null) return undefined
      // Its disks are all that there is until the image is.
      if (!shelved || (await findImage(db, shelved.imageId))?.status !== 'active') throw imageGone()
      await changeInstance(db, instanceId, { taskState: 'shelving_offloading' }, clock.nowMs(), { operationId })
      // Half gone it is of no use: the rest is left to the orphan finder, and the server to its image.
      await removeVmOrLeave(parts, context, hostId)
      await inTransaction(db, async (trx) => {
        await context.hold(trx)
        const nowMs = clock.nowMs()
        await releaseAllocations(trx, instanceId, nowMs, hostId)
        const changes = { hostId: null, vmState: 'shelved_offloaded' } as const
        await changeInstance(trx, instanceId, changes, nowMs, { operationId })
      })
      return undefined
    },
  }
}

function imageGone(): StepError {
  return stepError('image-gone', 'The image that the server was shelved into is gone: its own disks stay.')
}
