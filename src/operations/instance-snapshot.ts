/**
 * snapshot and backup: announce → send-image. The instance stays what it is; its host makes an image of the root disk and sends it to the image
 * service, where the record has been waiting since the request. Whatever fails, the image goes and nothing else changes.
 */
import type { ImageId } from '../model/ids.ts'
import { uploadTasksOf, type TaskState } from '../model/instance-states.ts'
import type { Db } from '../store/database.ts'
import { findImageToChange, markDeleting, updateImage } from '../store/images.ts'
import { changeInstance } from '../store/instances.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { rotateBackups, type BackupRotation } from './rotate-backups.ts'
import { placedInstance } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'

/** Stored as the operation's input. */
export interface InstanceSnapshotInput {
  readonly imageId: ImageId
  /** For backups. */
  readonly rotation?: BackupRotation
}

export function instanceSnapshotSagas(parts: SagaParts): readonly Saga[] {
  return [
    snapshotSaga(parts, 'instance-snapshot', 'image_snapshot'),
    snapshotSaga(parts, 'instance-backup', 'image_backup'),
  ]
}

function snapshotSaga(parts: SagaParts, kind: string, task: 'image_snapshot' | 'image_backup'): Saga {
  const { clock } = parts
  const idle = { taskState: null, operationId: null } as const
  return {
    kind,
    steps: snapshotSteps(parts, task),
    async succeeded(context, trx) {
      const nowMs = clock.nowMs()
      await changeInstance(trx, context.instanceId, idle, nowMs, { operationId: context.operationId })
      const { imageId, rotation } = inputOf(context)
      await markAvailable(trx, imageId, nowMs)
      if (rotation !== undefined) await rotateBackups(trx, context.instanceId, rotation, nowMs)
    },
    async failed(context, trx) {
      const nowMs = clock.nowMs()
      await changeInstance(trx, context.instanceId, idle, nowMs, { operationId: context.operationId })
      await markDeleting(trx, snapshotImageId(context), nowMs)
    },
  }
}

/** @param task the one that the request began with */
export function snapshotSteps(
  { db, clock, calls }: SagaParts,
  task: Parameters<typeof uploadTasksOf>[0],
): readonly Step[] {
  return [
    {
      name: 'announce',
      isQuiet: true,
      async run({ instanceId, operationId }) {
        const taskState: TaskState = uploadTasksOf(task).pending
        await changeInstance(db, instanceId, { taskState }, clock.nowMs(), { operationId })
        return undefined
      },
    },
    {
      name: 'send-image',
      async run(context) {
        const { hostId } = await placedInstance(db, context)
        const { instanceId } = context
        const imageId = snapshotImageId(context)
        return calls.call(context, hostId, { method: 'snapshot', hostId, instanceId, diskId: 'root', imageId })
      },
      // The image goes with the last word, in which also the record of one that was never begun goes.
    },
  ]
}

export function snapshotImageId(context: StepContext): ImageId {
  return inputOf(context).imageId
}

function inputOf({ operation }: StepContext): InstanceSnapshotInput {
  return operation.input as unknown as InstanceSnapshotInput
}

/** Nova's word for a snapshot that is whole. One that was deleted meanwhile needs none. @returns whether it is there */
export async function markAvailable(trx: Db, imageId: ImageId, nowMs: number): Promise<boolean> {
  const image = await findImageToChange(trx, imageId)
  if (image?.status !== 'active') return false
  await updateImage(trx, { ...image, properties: { ...image.properties, image_state: 'available' } }, nowMs)
  return true
}
