/**
 * migrate, and resize to another host: look-around → power-off → send-images, then pick-host → claim → define-vm → start
 * there (land-vm.ts). The guest is off from the first image on, so that no host ever gets a disk that is behind. The
 * old VM and its claim stay until the move is confirmed or reverted (instance-move-verdict.ts).
 */
import type { ImageRef } from '../driver/vm-spec.ts'
import type { Flavor } from '../model/flavor.ts'
import type { ImageId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { pendingOperation, type Operation } from '../model/operation.ts'
import type { PendingResize } from '../model/resize.ts'
import { changeInstance } from '../store/instances.ts'
import { insertOperation } from '../store/operations.ts'
import type { Json } from '../util/json.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { stepError } from './engine/step-error.ts'
import type { MoveVerdictInput } from './instance-move-verdict.ts'
import { elsewhereRequest, landingSteps, pickedName, type Landing } from './land-vm.ts'
import { moveImageRef, removeMoveImages, type MoveImageIds } from './move-images.ts'
import { decideHost, mustHavePicked, tryingHosts } from './pick-host.ts'
import { giveBackResizeQuota } from './quota-service.ts'
import { placedInstance, powerSetter } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { noteMigration, type MigrationInput } from './server-migration-record.ts'

/** Stored as the operation's input; `hostId` when one host alone will do. */
export interface InstanceMoveInput extends MigrationInput {
  /** What was asked for. */
  readonly action: 'migrate' | 'resize'
  readonly flavor: Flavor
  readonly images: MoveImageIds
  /** It is confirmed as soon as it has moved, by an operation that follows. */
  readonly confirm?: boolean
  readonly hostId?: string
}

export function instanceMoveSaga(parts: SagaParts, { stopGraceMs }: { readonly stopGraceMs: number }): Saga {
  const { clock } = parts
  const read = (context: StepContext, { vmState }: Instance): Landing => ({
    flavor: inputOf(context).flavor,
    images: sentImages(context),
    isRunning: vmState === 'active',
  })
  return {
    kind: 'instance-move',
    ...tryingHosts,
    steps: [
      lookAround(parts),
      powerOff(parts, stopGraceMs),
      sendImages(parts),
      ...landingSteps(parts, { idle: 'resize_migrating', landing: 'resize_finish', status: 'migrating' }, read),
    ],
    async succeeded(context, trx) {
      const nowMs = clock.nowMs()
      const { instance, hostId } = await placedInstance(trx, context)
      const { flavor, images, migrationId, confirm } = inputOf(context)
      const destHostId = mustHavePicked(context)
      const verdict =
        confirm === true ? confirmOperation(context, { sourceHostId: hostId, destHostId }, nowMs) : undefined
      const resize: PendingResize = {
        from: instance.flavor,
        vmState: instance.vmState === 'active' ? 'active' : 'stopped',
        source: { hostId, bootImage: bootImageOf(instance) },
        ...(migrationId === undefined ? {} : { migrationId }),
      }
      const changes = {
        vmState: 'resized',
        ...(verdict === undefined
          ? { taskState: null, operationId: null }
          : { taskState: 'resize_confirming' as const, operationId: verdict.id }),
        fault: null,
        hostId: destHostId,
        bootImage: sentImages(context).root,
        flavor,
        resize,
      } as const
      const isOurs = await changeInstance(trx, instance.id, changes, nowMs, { operationId: context.operationId })
      // A delete took it over: that removes both VMs, and gives back what the instance itself holds.
      if (!isOurs) await giveBackResizeQuota(trx, instance, flavor)
      // The conductors find it by themselves within a second.
      else if (verdict !== undefined) await insertOperation(trx, verdict)
      await removeMoveImages(trx, images, nowMs)
      await noteMigration(trx, context, { status: 'finished', destHost: pickedName(context) }, nowMs)
    },
    async failed(context, trx, error, cancelled) {
      const nowMs = clock.nowMs()
      const { instance } = await placedInstance(trx, context)
      const { flavor, images } = inputOf(context)
      const fault = { code: 500, message: error.message, details: error.details, createdAtMs: nowMs }
      const changes = { taskState: null, operationId: null, ...(cancelled ? {} : { fault }) } as const
      await changeInstance(trx, instance.id, changes, nowMs, { operationId: context.operationId })
      await giveBackResizeQuota(trx, instance, flavor)
      await removeMoveImages(trx, images, nowMs)
      await noteMigration(trx, context, { status: cancelled ? 'cancelled' : 'error' }, nowMs)
    },
  }
}

function confirmOperation({ operation }: StepContext, input: MoveVerdictInput, nowMs: number): Operation {
  const { projectId, userId, requestId, instanceId } = operation
  const of = { kind: 'instance-confirm-move', projectId, userId, requestId, instanceId, input: { ...input } }
  return pendingOperation(of, nowMs)
}

/** Before the guest is disturbed: whether there is a place for it at all. */
function lookAround({ db, placement }: SagaParts): Step {
  return {
    name: 'look-around',
    isQuiet: true,
    async run(context) {
      const { instance } = await placedInstance(db, context)
      const root = bootImageOf(instance)
      const request = await elsewhereRequest(db, context, instance, {
        flavor: inputOf(context).flavor,
        images: { root },
      })
      await decideHost(placement, context, request, root)
      return undefined
    },
  }
}

function powerOff(parts: SagaParts, stopGraceMs: number): Step {
  const setPower = powerSetter(parts, stopGraceMs)
  const ifActive = async (context: StepContext, want: 'soft-off' | 'on', suffix = ''): Promise<undefined> => {
    const { instance, hostId } = await placedInstance(parts.db, context)
    return instance.vmState === 'active' ? setPower(context, hostId, want, suffix) : undefined
  }
  return {
    name: 'power-off',
    run: (context) => ifActive(context, 'soft-off'),
    undo: (context) => ifActive(context, 'on', '/undo'),
  }
}

function sendImages({ db, clock, calls }: SagaParts): Step {
  return {
    name: 'send-images',
    async run(context) {
      const { hostId } = await placedInstance(db, context)
      const { instanceId, operationId } = context
      await changeInstance(db, instanceId, { taskState: 'resize_migrating' }, clock.nowMs(), { operationId })
      const sent: Record<string, ImageRef> = {}
      for (const [diskId, imageId] of Object.entries(inputOf(context).images) as [string, ImageId][]) {
        const call = { method: 'snapshot', hostId, instanceId, diskId, imageId } as const
        await calls.call(context, hostId, call, `/${diskId}`)
        sent[diskId] = await moveImageRef(db, imageId)
      }
      return sent as unknown as Json
    },
    // The images go with the last word, in which also the records of those that were never begun go.
  }
}

function sentImages(context: StepContext): Landing['images'] {
  const sent = context.output('send-images')
  if (sent === undefined) throw new Error('a step ran before send-images ended')
  return sent as unknown as Landing['images']
}

function bootImageOf({ bootImage }: Instance): ImageRef {
  if (bootImage === null)
    throw stepError('boot-image-unknown', 'Nobody knows what the server was booted from; rebuild it first.')
  return bootImage
}

function inputOf({ operation }: StepContext): InstanceMoveInput {
  return operation.input as unknown as InstanceMoveInput
}
