/**
 * The verdict on a move. confirm: settle → remove-old. revert: power-off → power-on → settle → remove-new. With settle the
 * instance is where it shall be, holds what it needs and nothing more, and there is no way back; the VM that is over is
 * removed after that, and left to the orphan finder where that fails.
 */
import type { HostId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { difference, type PendingResize } from '../model/resize.ts'
import { releaseAllocations } from '../store/allocations.ts'
import { inTransaction } from '../store/database.ts'
import { changeInstance, findInstance, type InstanceChanges } from '../store/instances.ts'
import { releaseQuota } from '../store/quotas.ts'
import { changeServerMigration } from '../store/server-migrations.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { heldQuotaOf, instanceQuotaOf } from './held-quota.ts'
import { removeVmOrLeave } from './remove-vm.ts'
import { powerSetter, type SetPower } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'

/** Stored as the operation's input. */
export interface MoveVerdictInput {
  readonly sourceHostId: HostId
  readonly destHostId: HostId
}

interface Moved {
  readonly instance: Instance
  readonly pending: PendingResize & { readonly source: NonNullable<PendingResize['source']> }
}

export function instanceMoveVerdictSagas(
  parts: SagaParts,
  { stopGraceMs }: { readonly stopGraceMs: number },
): readonly Saga[] {
  return [confirmSaga(parts), revertSaga(parts, stopGraceMs)]
}

function confirmSaga(parts: SagaParts): Saga {
  const choose = ({ instance }: Moved): InstanceChanges => ({ flavor: instance.flavor })
  return verdictSaga(parts, 'instance-confirm-move', [
    settle(parts, 'confirmed', ({ sourceHostId }) => sourceHostId, choose),
    remove(parts, 'remove-old', ({ sourceHostId }) => sourceHostId),
  ])
}

function revertSaga(parts: SagaParts, stopGraceMs: number): Saga {
  const setPower = powerSetter(parts, stopGraceMs)
  const ifActive: SetPower = async (context, hostId, want, suffix) => {
    const moved = await pendingMove(parts, context)
    return moved?.pending.vmState === 'active' ? setPower(context, hostId, want, suffix) : undefined
  }
  const back = ({ pending: { from, source } }: Moved): InstanceChanges => ({
    flavor: from,
    hostId: source.hostId,
    bootImage: source.bootImage,
  })
  return verdictSaga(parts, 'instance-revert-move', [
    {
      name: 'power-off',
      run: (context) => ifActive(context, inputOf(context).destHostId, 'soft-off'),
      undo: (context) => ifActive(context, inputOf(context).destHostId, 'on', '/undo'),
    },
    {
      name: 'power-on',
      run: (context) => ifActive(context, inputOf(context).sourceHostId, 'on'),
      undo: (context) => ifActive(context, inputOf(context).sourceHostId, 'off', '/undo'),
    },
    settle(parts, 'reverted', ({ destHostId }) => destHostId, back),
    remove(parts, 'remove-new', ({ destHostId }) => destHostId),
  ])
}

function verdictSaga({ clock }: SagaParts, kind: string, steps: readonly Step[]): Saga {
  const idle = { taskState: null, operationId: null } as const
  const end: Saga['succeeded'] = async ({ instanceId, operationId }, trx) => {
    await changeInstance(trx, instanceId, idle, clock.nowMs(), { operationId })
  }
  return { kind, steps, succeeded: end, failed: end }
}

function settle(
  { db, clock }: SagaParts,
  status: 'confirmed' | 'reverted',
  over: (input: MoveVerdictInput) => HostId,
  choose: (moved: Moved) => InstanceChanges,
): Step {
  return {
    name: 'settle',
    async run(context) {
      const { instanceId, operationId } = context
      await inTransaction(db, async (trx) => {
        await context.hold(trx)
        const moved = await pendingMove({ db: trx }, context)
        // Done already.
        if (moved === undefined) return
        const { instance, pending } = moved
        const nowMs = clock.nowMs()
        const chosen = choose(moved)
        const changes = { ...chosen, vmState: pending.vmState, fault: null, resize: null } as const
        await releaseAllocations(trx, instanceId, nowMs, over(inputOf(context)))
        // A delete that took it over gives back what the instance holds.
        if (!(await changeInstance(trx, instanceId, changes, nowMs, { operationId }))) return
        const kept = instanceQuotaOf(chosen.flavor ?? instance.flavor)
        await releaseQuota(trx, instance.projectId, difference(heldQuotaOf(instance), kept))
        if (pending.migrationId !== undefined) await changeServerMigration(trx, pending.migrationId, { status }, nowMs)
      })
      return undefined
    },
  }
}

function remove(parts: SagaParts, name: string, over: (input: MoveVerdictInput) => HostId): Step {
  return {
    name,
    run: (context) => removeVmOrLeave(parts, context, over(inputOf(context))).then(() => undefined),
  }
}

/** @returns undefined when the move has its verdict already */
async function pendingMove({ db }: Pick<SagaParts, 'db'>, { instanceId }: StepContext): Promise<Moved | undefined> {
  const instance = await findInstance(db, instanceId)
  const source = instance?.resize?.source
  if (instance === undefined || instance.resize === null || source === undefined) return undefined
  return { instance, pending: { ...instance.resize, source } }
}

function inputOf({ operation }: StepContext): MoveVerdictInput {
  return operation.input as unknown as MoveVerdictInput
}
