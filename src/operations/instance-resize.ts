/**
 * resize: claim → power-off → resize-vm → power-on, on the host where the instance is. Until the tenant confirms or
 * reverts, host and quota hold the larger amount of each resource, so that either can be done at once.
 */
import type { Flavor } from '../model/flavor.ts'
import type { Instance } from '../model/instance.ts'
import { difference, largerOf, type PendingResize } from '../model/resize.ts'
import { resizeAllocation } from '../store/allocations.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import { releaseQuota } from '../store/quotas.ts'
import { changeServerMigration } from '../store/server-migrations.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { stepError } from './engine/step-error.ts'
import { heldQuotaOf, instanceQuotaOf } from './held-quota.ts'
import { giveBackResizeQuota } from './quota-service.ts'
import { placedInstance, reshapeSteps, type Reshape } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { noteMigration, type MigrationInput } from './server-migration-record.ts'
import { resourcesOf } from './vm-spec.ts'

/** Stored as the operation's input. */
export interface InstanceResizeInput extends MigrationInput {
  readonly flavor: Flavor
}

export interface InstanceResizeOptions {
  readonly stopGraceMs: number
}

export function instanceResizeSagas(parts: SagaParts, { stopGraceMs }: InstanceResizeOptions): readonly Saga[] {
  return [resizeSaga(parts, stopGraceMs), confirmSaga(parts), revertSaga(parts, stopGraceMs)]
}

function resizeSaga(parts: SagaParts, stopGraceMs: number): Saga {
  const { db, clock } = parts
  const read = async (context: StepContext): Promise<Reshape> => {
    const { instance, hostId } = await placedInstance(db, context)
    const isRunning = instance.vmState === 'active'
    return { instance, hostId, from: instance.flavor, to: wantedFlavor(context), isRunning }
  }
  return {
    kind: 'instance-resize',
    steps: [claim(parts), ...reshapeSteps(parts, stopGraceMs, read)],
    async succeeded(context, trx) {
      const nowMs = clock.nowMs()
      const instance = await mustFind(trx, context)
      const flavor = wantedFlavor(context)
      const { migrationId } = context.operation.input as unknown as InstanceResizeInput
      const resize: PendingResize = {
        from: instance.flavor,
        vmState: instance.vmState === 'active' ? 'active' : 'stopped',
        ...(migrationId === undefined ? {} : { migrationId }),
      }
      const changes = { vmState: 'resized', taskState: null, operationId: null, fault: null, flavor, resize } as const
      const isOurs = await changeInstance(trx, instance.id, changes, nowMs, { operationId: context.operationId })
      // A delete took it over: that gives back what the instance itself holds.
      if (!isOurs) await giveBackResizeQuota(trx, instance, flavor)
      await noteMigration(trx, context, { status: 'finished' }, nowMs)
    },
    async failed(context, trx, error, cancelled) {
      const nowMs = clock.nowMs()
      const instance = await mustFind(trx, context)
      const fault = { code: 500, message: error.message, details: error.details, createdAtMs: nowMs }
      const changes = { taskState: null, operationId: null, ...(cancelled ? {} : { fault }) } as const
      await changeInstance(trx, instance.id, changes, nowMs, { operationId: context.operationId })
      await giveBackResizeQuota(trx, instance, wantedFlavor(context))
      await noteMigration(trx, context, { status: cancelled ? 'cancelled' : 'error' }, nowMs)
    },
  }
}

/** No other host is tried: whether the instance has to leave was decided when it was asked for. */
function claim({ db, clock }: SagaParts): Step {
  const change = async (
    context: StepContext,
    which: (one: Flavor, other: Flavor) => readonly Flavor[],
  ): Promise<void> => {
    const { instance, hostId } = await placedInstance(db, context)
    const amounts = which(instance.flavor, wantedFlavor(context)).map((flavor) => resourcesIn(instance, flavor))
    const wanted = amounts.reduce(largerOf)
    const isThere = await inTransaction(db, async (trx) => {
      await context.hold(trx)
      return resizeAllocation(trx, { instanceId: instance.id, hostId, wanted }, clock.nowMs())
    })
    if (isThere) return
    const { name } = wantedFlavor(context)
    throw stepError(
      'no-valid-host',
      `The server's host has no room for flavor ${name}. Choose a smaller flavor, or try again when there is room here or on another host of its kind.`,
    )
  }
  return {
    name: 'claim',
    run: async (context) => {
      await change(context, (had, wanted) => [had, wanted])
      return undefined
    },
    undo: (context) => change(context, (had) => [had]),
  }
}

/** Nothing is left to do on the host: what is held beyond the new flavor is given back. */
function confirmSaga({ clock }: SagaParts): Saga {
  return {
    kind: 'instance-confirm-resize',
    steps: [],
    succeeded: (context, trx) => settle(context, trx, clock.nowMs(), 'confirmed', ({ flavor }) => flavor),
    failed: (context, trx) => letBe(context, trx, clock.nowMs()),
  }
}

function revertSaga(parts: SagaParts, stopGraceMs: number): Saga {
  const { db, clock } = parts
  const read = async (context: StepContext): Promise<Reshape> => {
    const { instance, hostId } = await placedInstance(db, context)
    const { from, vmState } = pendingOf(instance)
    return { instance, hostId, from: instance.flavor, to: from, isRunning: vmState === 'active' }
  }
  return {
    kind: 'instance-revert-resize',
    steps: reshapeSteps(parts, stopGraceMs, read),
    succeeded: (context, trx) => settle(context, trx, clock.nowMs(), 'reverted', (_instance, { from }) => from),
    failed: (context, trx) => letBe(context, trx, clock.nowMs()),
  }
}

/** From now on the instance has that flavor and nothing more. */
async function settle(
  context: StepContext,
  trx: Db,
  nowMs: number,
  status: 'confirmed' | 'reverted',
  choose: (instance: Instance, pending: PendingResize) => Flavor,
): Promise<void> {
  const instance = await mustFind(trx, context)
  const pending = pendingOf(instance)
  const flavor = choose(instance, pending)
  const { id: instanceId, hostId, projectId } = instance
  if (hostId !== null) await resizeAllocation(trx, { instanceId, hostId, wanted: resourcesIn(instance, flavor) }, nowMs)
  const { vmState } = pending
  const changes = { vmState, taskState: null, operationId: null, fault: null, flavor, resize: null } as const
  if (await changeInstance(trx, instanceId, changes, nowMs, { operationId: context.operationId })) {
    await releaseQuota(trx, projectId, difference(heldQuotaOf(instance), instanceQuotaOf(flavor)))
    if (pending.migrationId !== undefined) await changeServerMigration(trx, pending.migrationId, { status }, nowMs)
  }
}

/** It still waits to be confirmed or reverted. */
async function letBe(context: StepContext, trx: Db, nowMs: number): Promise<void> {
  const changes = { taskState: null, operationId: null } as const
  await changeInstance(trx, context.instanceId, changes, nowMs, { operationId: context.operationId })
}

function wantedFlavor({ operation }: StepContext): Flavor {
  return (operation.input as unknown as InstanceResizeInput).flavor
}

function pendingOf({ resize }: Instance): PendingResize {
  if (resize === null) throw stepError('nothing-to-confirm', 'The server was not resized.')
  return resize
}

function resourcesIn({ bootImage }: Instance, flavor: Flavor): ReturnType<typeof resourcesOf> {
  if (bootImage === null)
    throw stepError('boot-image-unknown', 'Nobody knows what the server was booted from; rebuild it first.')
  return resourcesOf(flavor, bootImage)
}

async function mustFind(trx: Db, { instanceId }: StepContext): Promise<Instance> {
  const instance = await findInstance(trx, instanceId)
  if (instance === undefined) throw stepError('instance-gone', 'The server is not there any more.')
  return instance
}
