/**
 * What tenants may do with instances. A request ends here in one transaction that writes the instance and the operation;
 * conductors are told of it, and everything else happens in sagas.
 */
import type { Bus } from '../bus/bus.ts'
import { conflict, notFound, PolyvisorError } from '../model/errors.ts'
import type { ImageId, InstanceId, OperationId } from '../model/ids.ts'
import type { ImageRecord } from '../model/image.ts'
import type { Instance } from '../model/instance.ts'
import { transitionOf, type InstanceAction } from '../model/instance-states.ts'
import { resizeRefusal } from '../model/resize.ts'
import { listAllocations } from '../store/allocations.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeInstance, findInstance, findInstanceToChange, insertInstance } from '../store/instances.ts'
import { insertOperation, requestCancel } from '../store/operations.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'
import { secretOf } from './admin-pass.ts'
import { announceOperations } from './announce-operations.ts'
import type { JsonObject } from '../util/json.ts'
import { checkDisk, imageToBoot } from './boot-request.ts'
import { needsConfigDrive } from './config-drive/config-drive-disk.ts'
import { refuseLocked } from './instance-locks.ts'
import type {
  ActionContext,
  CreatedInstances,
  CreateInstance,
  EvacuateInstance,
  InstanceService,
  InstanceUpdate,
  RebuildInstance,
  ResizeInstance,
  SnapshotInstance,
  UnshelveInstance,
} from './instance-service-types.ts'
import { rescueImageOf } from './rescue-image.ts'
import { checkGroupMembers } from './server-groups.ts'
import { checkAllowed, checkHasAgent, checkHostCan, type Prepare } from './prepared-action.ts'
import { prepareSnapshot } from './snapshot-request.ts'
import { prepareUnshelve, shelvedName } from './unshelve-request.ts'
import { resourcesOf } from './vm-spec.ts'
import {
  mustLeaveToResize,
  prepareEvacuate,
  prepareInPlace,
  prepareLiveMigrate,
  prepareMove,
  verdictOn,
} from './move-request.ts'
import { newInstance, newOperation, type NewInstance } from './new-instance.ts'
import type { QuotaService } from './quota-service.ts'

export type * from './instance-service-types.ts'

export interface InstanceServiceParts {
  readonly db: Db
  readonly clock: Clock
  readonly quotas: QuotaService
  readonly bus: Pick<Bus, 'send'>
  readonly log: Logger
  /** Asks the engine of this process to stop working on the operation; engines elsewhere see it at their next renewal. */
  readonly onCancelRequested: (id: OperationId) => void
}

interface Begun {
  readonly operationId: OperationId
  /** Of the operation that a delete asked to stop. */
  readonly cancelled: OperationId | null
}

/** Somebody was faster between the look at an instance and the change: it is looked at again. */
class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
}

function lookAgain(error: unknown): undefined {
  if (!(error instanceof ChangedMeanwhile)) throw error
}

export class SagaInstanceService implements InstanceService {
  readonly #parts: InstanceServiceParts

  constructor(parts: InstanceServiceParts) {
    this.#parts = parts
  }

  /** @throws PolyvisorError 400 when the flavor and the image do not go together, 403 when the project's quota is used up */
  async create(request: CreateInstance, context: ActionContext): Promise<CreatedInstances> {
    const image = imageToBoot(request.flavor, request.image)
    const { db, quotas } = this.#parts
    const at = { context, nowMs: this.#parts.clock.nowMs() }
    const reservationId = `r-${crypto.randomUUID().slice(-12)}`
    const pairs = await inTransaction(db, async (trx) => {
      const make = async (count: number): Promise<readonly NewInstance[]> => {
        const { serverGroupId: groupId } = request
        if (groupId !== undefined) await checkGroupMembers(trx, quotas, { ...context, groupId, count })
        const names = count === 1 ? [request.name] : numbered(request.name, count)
        const made = names.map((name, index) => newInstance(name, { id: reservationId, index }, request, image, at))
        await Promise.all(
          made.flatMap(({ instance, operation }) => [insertInstance(trx, instance), insertOperation(trx, operation)]),
        )
        return made
      }
      const { min, max } = request.count
      const taken = quotas.takeForInstances(trx, context, request, reservationId)
      // As many as the quota lets: which of them find a host is for their operations to say.
      if (min < max) return make(await taken)
      const [made] = await Promise.all([make(max), taken])
      return made
    })
    const operationIds = pairs.map(({ operation }) => operation.id)
    announceOperations(this.#parts, operationIds)
    return { reservationId, instanceIds: pairs.map(({ instance }) => instance.id), operationIds }
  }

  async rebuild(
    instanceId: InstanceId,
    wanted: RebuildInstance,
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    const { image, attributes, adminPass, ...others } = wanted
    return this.#begin(instanceId, 'rebuild', context, async (trx, instance) => {
      const bootImage = imageToBoot(instance.flavor, image)
      const injectedFiles = attributes?.injectedFiles
      const configDrive = needsConfigDrive({ configDrive: instance.configDrive, injectedFiles }, image.properties)
      const [allocation] = await listAllocations(trx, instanceId)
      if (instance.hostId === null || allocation === undefined) {
        throw conflict('no-host', `Instance ${instanceId} is on no host; delete it and create it again.`)
      }
      if (resourcesOf(instance.flavor, bootImage).diskGb > allocation.diskGb) {
        throw conflict(
          'image-too-large',
          `The image needs a larger disk than the ${allocation.diskGb} GB that the server has.`,
        )
      }
      const { metadata } = others
      if (metadata !== undefined)
        await this.#parts.quotas.checkMetadata(instance.projectId, Object.keys(metadata).length, trx)
      await this.#parts.quotas.checkInjectedFiles(instance.projectId, injectedFiles, trx)
      const { injectedFiles: _replaced, ...kept } = (await attributesNow(trx, instance)) ?? {}
      return {
        input: { start: instance.vmState !== 'stopped' },
        ...secretOf(adminPass, configDrive),
        changes: {
          ...others,
          configDrive,
          attributes: { ...kept, ...attributes },
          imageId: image.id,
          imageProperties: image.properties,
          bootImage,
        },
      }
    })
  }

  async resize(
    instanceId: InstanceId,
    { flavor, diskConfig }: ResizeInstance,
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    return this.#begin(instanceId, 'resize', context, async (trx, instance) => {
      const refusal = resizeRefusal(instance.flavor, flavor)
      if (refusal !== undefined) throw new PolyvisorError(refusal.kind, refusal.code, refusal.message)
      if (instance.hostId === null || instance.bootImage === null) {
        throw conflict('not-resizable', `Instance ${instanceId} cannot be resized; rebuild it first.`)
      }
      checkDisk(flavor, instance.bootImage)
      const at = { context, nowMs: this.#parts.clock.nowMs() }
      const isLeaving = await mustLeaveToResize(trx, instance, flavor, instance.bootImage)
      if (!isLeaving) await checkHostCan(trx, instance, 'resize')
      const prepared = isLeaving
        ? await prepareMove(trx, instance, { action: 'resize', flavor }, at)
        : prepareInPlace(trx, instance, flavor, at)
      const attributes =
        diskConfig === undefined ? {} : { attributes: { ...(await attributesNow(trx, instance)), diskConfig } }
      return {
        ...prepared,
        changes: { ...prepared.changes, ...attributes },
        afterwards: async (operationId) => {
          await this.#parts.quotas.takeForResize(trx, instance, flavor)
          await prepared.afterwards?.(operationId)
        },
      }
    })
  }

  async migrate(
    instanceId: InstanceId,
    { host, confirm }: { readonly host?: string | undefined; readonly confirm?: boolean },
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    const at = { context, nowMs: this.#parts.clock.nowMs() }
    return this.#begin(instanceId, 'migrate', context, (trx, instance) =>
      prepareMove(trx, instance, { action: 'migrate', flavor: instance.flavor, host, confirm }, at),
    )
  }

  async evacuate(
    instanceId: InstanceId,
    wanted: EvacuateInstance,
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    const at = { context, nowMs: this.#parts.clock.nowMs() }
    return this.#begin(instanceId, 'evacuate', context, (trx, instance) => prepareEvacuate(trx, instance, wanted, at))
  }

  async liveMigrate(
    instanceId: InstanceId,
    { host }: { readonly host?: string | undefined },
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    const at = { context, nowMs: this.#parts.clock.nowMs() }
    return this.#begin(instanceId, 'live-migrate', context, (trx, instance) =>
      prepareLiveMigrate(trx, instance, host, at),
    )
  }

  async snapshot(
    instanceId: InstanceId,
    wanted: SnapshotInstance,
    context: ActionContext,
  ): Promise<{ operationId: OperationId; imageId: ImageId }> {
    const imageId = crypto.randomUUID() as ImageId
    const { quotas, clock } = this.#parts
    const action = wanted.backup === undefined ? 'snapshot' : 'backup'
    const { operationId } = await this.#begin(instanceId, action, context, async (trx, instance) => {
      await checkHostCan(trx, instance, action)
      return prepareSnapshot(trx, instance, imageId, wanted, { context, quotas, nowMs: clock.nowMs() })
    })
    return { operationId, imageId }
  }

  async rescue(
    instanceId: InstanceId,
    image: ImageRecord | undefined,
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    return this.#begin(instanceId, 'rescue', context, async (trx, instance) => {
      await checkHostCan(trx, instance, 'rescue')
      const ref = await rescueImageOf(trx, instance, image)
      if (instance.hostId === null || instance.bootImage === null || ref === null) {
        throw conflict('not-rescuable', `Instance ${instanceId} has nothing to rescue; rebuild it.`)
      }
      return { input: { image: ref as unknown as JsonObject }, changes: {} }
    })
  }

  async changePassword(
    instanceId: InstanceId,
    adminPass: string,
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    return this.#begin(instanceId, 'change-password', context, async (trx, instance) => {
      await checkHostCan(trx, instance, 'change-password')
      await checkHasAgent(trx, instance)
      return { input: {}, secret: { adminPass }, changes: {} }
    })
  }

  async shelve(
    instanceId: InstanceId,
    { offload }: { readonly offload: boolean },
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    const imageId = crypto.randomUUID() as ImageId
    const { quotas, clock } = this.#parts
    return this.#begin(instanceId, 'shelve', context, async (trx, instance) => {
      await checkHostCan(trx, instance, 'shelve')
      // The tenant's, whoever shelves it: it must find the image again.
      const owner = { ...context, projectId: instance.projectId }
      const wanted = { name: shelvedName(instance.name), properties: {} }
      const at = { context: owner, quotas, nowMs: clock.nowMs() }
      const prepared = await prepareSnapshot(trx, instance, imageId, wanted, at)
      return { ...prepared, input: { ...prepared.input, offload } }
    })
  }

  async unshelve(
    instanceId: InstanceId,
    wanted: UnshelveInstance,
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    return this.#begin(instanceId, 'unshelve', context, (trx, instance) => prepareUnshelve(trx, instance, wanted))
  }

  /**
   * Begins an action of the state table.
   * @throws PolyvisorError 404, or 409 when the instance is busy or in a state that does not allow it
   */
  async act(
    instanceId: InstanceId,
    action: InstanceAction,
    context: ActionContext,
  ): Promise<{ operationId: OperationId }> {
    return this.#begin(instanceId, action, context, verdictOn(action))
  }

  /** @param prepare in the transaction: checks more, and says what the operation works with and what changes at once */
  async #begin(
    instanceId: InstanceId,
    action: InstanceAction,
    context: ActionContext,
    prepare?: Prepare,
  ): Promise<{ operationId: OperationId }> {
    const { db, onCancelRequested } = this.#parts
    const begin = (trx: Db): Promise<Begun> => this.#tryToBegin(trx, instanceId, action, context, prepare)
    let begun: Begun | undefined
    while (begun === undefined) begun = await inTransaction(db, begin).catch(lookAgain)
    const { operationId, cancelled } = begun
    if (cancelled !== null) onCancelRequested(cancelled)
    announceOperations(this.#parts, [operationId])
    return { operationId }
  }

  /** @throws ChangedMeanwhile */
  async #tryToBegin(
    trx: Db,
    instanceId: InstanceId,
    action: InstanceAction,
    context: ActionContext,
    prepare: Prepare | undefined,
  ): Promise<Begun> {
    const nowMs = this.#parts.clock.nowMs()
    const isDelete = action === 'delete'
    const instance = await findInstance(trx, instanceId)
    if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', instanceId)
    const { operationId: underWay, vmState } = instance
    // Deleting twice is one delete: the second caller is told of the first's operation.
    if (isDelete && instance.taskState === 'deleting' && underWay !== null) {
      return { operationId: underWay, cancelled: null }
    }
    refuseLocked(instance, context)
    if (!isDelete) checkAllowed(instance, action)
    const cancelled = isDelete ? underWay : null
    const prepared = await prepare?.(trx, instance)
    const input = isDelete ? { cancelled } : (prepared?.input ?? {})
    const { secret } = prepared ?? {}
    const bare = newOperation(prepared?.kind ?? `instance-${action}`, instance, input, { context, nowMs })
    const operation = secret === undefined ? bare : { ...bare, secret }
    // The operation's row before the instance's, as its own end takes them.
    if (cancelled !== null) await requestCancel(trx, cancelled, nowMs)
    const changes = { ...prepared?.changes, taskState: transitionOf(action).task, operationId: operation.id }
    const expect = { operationId: underWay, vmState }
    const [isUnchanged] = await Promise.all([
      changeInstance(trx, instanceId, changes, nowMs, expect),
      insertOperation(trx, operation),
    ])
    if (!isUnchanged) throw new ChangedMeanwhile()
    await prepared?.afterwards?.(operation.id)
    return { operationId: operation.id, cancelled }
  }

  /** @throws PolyvisorError 404 */
  async update(instanceId: InstanceId, changes: InstanceUpdate, _context: ActionContext): Promise<void> {
    const { db, clock } = this.#parts
    await inTransaction(db, async (trx) => {
      const instance = await findInstanceToChange(trx, instanceId)
      if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', instanceId)
      const attributes = { ...instance.attributes, ...changes.attributes }
      await changeInstance(trx, instanceId, { ...changes, attributes }, clock.nowMs())
    })
  }
}

/** OpenStack's names for several servers at once: `web-1`, `web-2`, … */
function numbered(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index + 1}`)
}

/** Its tags and security groups change without an operation: nobody does that from here on. */
async function attributesNow(trx: Db, { id, attributes }: Instance): Promise<Instance['attributes']> {
  return (await findInstanceToChange(trx, id))?.attributes ?? attributes
}
