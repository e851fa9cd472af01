/**
 * live-migrate: pick-host → claim → prepare → run → settle → remove-old. The guest is at its old host until `run` has switched
 * it over, and from then on at the new one: whatever fails after that, the instance follows its guest.
 */
import type { Json } from '../util/json.ts'
import type { HostId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { releaseAllocations } from '../store/allocations.ts'
import { inTransaction } from '../store/database.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import { keptConfigDrive } from './config-drive/config-drive-disk.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { StepError, stepError } from './engine/step-error.ts'
import { pickedName, placeSteps, type Landing } from './land-vm.ts'
import { mustHavePicked, pickedHost, tryingHosts } from './pick-host.ts'
import { removeVm } from './remove-vm.ts'
import { placedInstance } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { noteMigration, type MigrationInput } from './server-migration-record.ts'
import { toVmSpec } from './vm-spec.ts'

/** Stored as the operation's input; `hostId` when one host alone will do. */
export interface InstanceLiveMigrateInput extends MigrationInput {
  readonly sourceHostId: HostId
  readonly hostId?: string
}

export function instanceLiveMigrateSaga(parts: SagaParts): Saga {
  const { clock } = parts
  const read = (_context: StepContext, { flavor, bootImage }: Instance): Landing => {
    if (bootImage === null) throw stepError('boot-image-unknown', 'Nobody knows what the server was booted from.')
    return { flavor, images: { root: bootImage }, isRunning: true }
  }
  const tasks = { idle: 'migrating', landing: 'migrating', status: 'preparing' } as const
  return {
    kind: 'instance-live-migrate',
    ...tryingHosts,
    steps: [...placeSteps(parts, tasks, read), prepare(parts), run(parts), settleStep(parts), removeOld(parts)],
    async succeeded({ instanceId, operationId }, trx) {
      await changeInstance(trx, instanceId, { taskState: null, operationId: null }, clock.nowMs(), { operationId })
    },
    async failed(context, trx, _error, cancelled) {
      const nowMs = clock.nowMs()
      const { instanceId, operationId } = context
      await changeInstance(trx, instanceId, { taskState: null, operationId: null }, nowMs, { operationId })
      const hasMoved = (await findInstance(trx, instanceId))?.hostId !== inputOf(context).sourceHostId
      if (!hasMoved) await noteMigration(trx, context, { status: cancelled ? 'cancelled' : 'error' }, nowMs)
    },
  }
}

function prepare(parts: SagaParts): Step {
  const { db, calls } = parts
  return {
    name: 'prepare',
    beginsWithWork: true,
    async run(context) {
      const { instance } = await placedInstance(db, context)
      const hostId = mustHavePicked(context)
      if (instance.bootImage === null) throw stepError('boot-image-unknown', 'The server has no image.')
      const spec = toVmSpec(instance, instance.bootImage, hostId, keptConfigDrive(instance))
      return calls.call(context, hostId, { method: 'prepare-migration', hostId, spec })
    },
    async undo(context) {
      const hostId = mustHavePicked(context)
      if ((await findInstance(db, context.instanceId))?.hostId !== hostId) await removeVm(parts, context, hostId)
    },
  }
}

function run(parts: SagaParts): Step {
  const { db, clock, calls } = parts
  return {
    name: 'run',
    async run(context) {
      const { sourceHostId: hostId } = inputOf(context)
      const { instanceId } = context
      await noteMigration(db, context, { status: 'running' }, clock.nowMs())
      const destination = context.output('prepare') as Json
      try {
        await calls.call(context, hostId, { method: 'migrate', hostId, instanceId, destination })
      } catch (error) {
        // The answer may have been lost, and the guest not.
        if (!(error instanceof StepError) || context.signal.aborted || !(await hasArrived(parts, context))) throw error
      }
      return undefined
    },
    async undo(context) {
      if (await hasArrived(parts, context, '/undo')) await settle(parts, context)
    },
  }
}

/** There is no way back from here, as there has been none for the guest. */
function settleStep(parts: SagaParts): Step {
  return {
    name: 'settle',
    async run(context) {
      // The host's own word on the guest comes with the answer.
      await hasArrived(parts, context)
      await settle(parts, context)
      return undefined
    },
  }
}

function removeOld(parts: SagaParts): Step {
  return {
    name: 'remove-old',
    async run(context) {
      const hostId = inputOf(context).sourceHostId
      await removeVm(parts, context, hostId).catch((error: unknown) => {
        if (!(error instanceof StepError)) throw error
        context.log.warn({ hostId, err: error }, 'the VM that a live migration left is left to the orphan finder')
      })
      return undefined
    },
  }
}

/** @param suffix tells two looks of one step apart: what was answered once is not asked again */
async function hasArrived({ calls }: SagaParts, context: StepContext, suffix = ''): Promise<boolean> {
  const hostId = mustHavePicked(context)
  const { instanceId } = context
  const state = await calls.call(context, hostId, { method: 'get', hostId, instanceId }, `/arrived${suffix}`)
  const power = (state as { power?: string } | null)?.power
  return power !== undefined && power !== 'building' && power !== 'off'
}

async function settle({ db, clock }: SagaParts, context: StepContext): Promise<void> {
  const { instanceId, operationId } = context
  const hostId = pickedHost(context)
  if (hostId === undefined) return
  const nowMs = clock.nowMs()
  await inTransaction(db, async (trx) => {
    await context.hold(trx)
    await releaseAllocations(trx, instanceId, nowMs, inputOf(context).sourceHostId)
    await changeInstance(trx, instanceId, { hostId }, nowMs, { operationId })
    await noteMigration(trx, context, { status: 'completed', destHost: pickedName(context) }, nowMs)
  })
}

function inputOf({ operation }: StepContext): InstanceLiveMigrateInput {
  return operation.input as unknown as InstanceLiveMigrateInput
}
