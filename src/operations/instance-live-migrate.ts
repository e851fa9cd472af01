/**
 * live-migrate: pick-host → claim → prepare → run → settle → remove-old. The guest is at its old host until `run` has switched
 * it over, and from then on at the new one: whatever fails after that, the instance follows its guest.
 */
import type { Json } from '../util/json.ts'
import type { HostId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { releaseAllocations } from '../store/allocations.ts'
import { inTransaction } from '../store/database.ts'
import { findHost } from '../store/hosts.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import { keptConfigDrive } from './config-drive/config-drive-disk.ts'
import { Postponed } from './engine/postponed.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { StepError, stepError } from './engine/step-error.ts'
import { pickedName, placeSteps, type Landing } from './land-vm.ts'
import { mustHavePicked, pickedHost, tryingHosts } from './pick-host.ts'
import { removeVm, removeVmOrLeave } from './remove-vm.ts'
import { placedInstance } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { noteMigration, type MigrationInput } from './server-migration-record.ts'
import { sideOfGuest, type Told } from './side-of-guest.ts'
import { toVmSpec } from './vm-spec.ts'

/** Stored as the operation's input; `hostId` when one host alone will do. */
export interface InstanceLiveMigrateInput extends MigrationInput {
  readonly sourceHostId: HostId
  readonly hostId?: string
}

const lookAgainMs = 2_000

export function instanceLiveMigrateSaga(parts: SagaParts): Saga {
  const { clock } = parts
  const tasks = { idle: 'migrating', landing: 'migrating', status: 'preparing' } as const
  return {
    kind: 'instance-live-migrate',
    ...tryingHosts,
    steps: [...placeSteps(parts, tasks, landingOf), prepare(parts), run(parts), settleStep(parts), removeOld(parts)],
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
    // How the destination is found, and what opens it.
    hasSecretOutput: true,
    async run(context) {
      const { instance } = await placedInstance(db, context)
      const hostId = mustHavePicked(context)
      const { root } = landingOf(context, instance).images
      const spec = toVmSpec(instance, root, hostId, keptConfigDrive(instance))
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
      await inTransaction(db, async (trx) => {
        await context.hold(trx)
        await noteMigration(trx, context, { status: 'running' }, clock.nowMs())
      })
      const destination = context.output('prepare') as Json
      try {
        await calls.call(context, hostId, { method: 'migrate', hostId, instanceId, destination })
      } catch (error) {
        // The answer may have been lost, and the guest not.
        if (!(error instanceof StepError) || context.signal.aborted) throw error
        if ((await findGuest(parts, context)) === 'source') throw error
      }
      return { hasArrived: true }
    },
    async undo(context) {
      if (context.output('run') === undefined) {
        // What took the instance over looks after both sides itself.
        const { operationId } = (await findInstance(db, context.instanceId)) ?? {}
        if (operationId !== context.operationId) return
        if ((await findGuest(parts, context)) === 'source') return
      }
      await settle(parts, context)
    },
  }
}

/** There is no way back from here, as there has been none for the guest. */
function settleStep(parts: SagaParts): Step {
  return {
    name: 'settle',
    async run(context) {
      // The host's own word on the guest comes with the answer; without one its next report will do.
      await stateAt(parts, context, mustHavePicked(context))
      await settle(parts, context)
      return undefined
    },
  }
}

function removeOld(parts: SagaParts): Step {
  return {
    name: 'remove-old',
    run: (context) => removeVmOrLeave(parts, context, inputOf(context).sourceHostId).then(() => undefined),
  }
}

/**
 * Asked where the guest is after `run` failed. At the destination it goes on, where the source did not come to say so.
 * @throws Postponed while nobody can tell, or both have it running: whoever guesses wrong removes the guest
 */
async function findGuest(parts: SagaParts, context: StepContext): Promise<'source' | 'destination'> {
  const [source, destination] = [inputOf(context).sourceHostId, mustHavePicked(context)]
  // Without a VM there it is here, also when this host is silent.
  if ((await stateAt(parts, context, destination)) === null) return 'source'
  // An operator's word that it is dead: what was there is off.
  const isDead = (await findHost(parts.db, source))?.forcedDown === true
  const here = isDead ? ({ power: 'off' } as const) : await stateAt(parts, context, source)
  const there = await stateAt(parts, context, destination)
  const side = sideOfGuest(here, there)
  if (side === 'destination' && there?.power === 'paused') await letGoOn(parts, context, destination)
  // It may have been made to stand still to get there.
  if (side === 'source' && here?.power === 'paused') await letGoOn(parts, context, source)
  if (side === 'source' || side === 'destination') return side
  if (side === 'both')
    context.log.error({ source, destination }, 'a guest runs on two hosts; both stay until one of them has it no more')
  throw new Postponed(lookAgainMs)
}

/** Where that fails it stays paused, and the server says so. */
async function letGoOn({ db, calls }: SagaParts, context: StepContext, hostId: HostId): Promise<void> {
  const { instanceId } = context
  if ((await findInstance(db, instanceId))?.vmState !== 'active') return
  try {
    await calls.call(context, hostId, { method: 'unpause', hostId, instanceId }, '/go-on')
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    context.log.error({ hostId, err: error }, 'a guest that has moved, or was to, stands still')
  }
}

/** Asked anew each time. @returns null when there is no VM, undefined when nobody answers */
async function stateAt({ calls }: SagaParts, context: StepContext, hostId: HostId): Promise<Told> {
  const call = { method: 'get', hostId, instanceId: context.instanceId } as const
  try {
    return (await calls.call(context, hostId, call, `/look/${crypto.randomUUID()}`)) as unknown as Told
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    context.log.warn({ hostId, err: error }, 'a host does not say whether a guest is there')
    return undefined
  }
}

/** Once the guest has moved no other host is tried: it would be moved from where it is not. */
function landingOf(context: StepContext, { flavor, bootImage, hostId }: Instance): Landing {
  if (hostId !== inputOf(context).sourceHostId)
    throw stepError('moved-already', 'The guest had moved when a later step failed.')
  if (bootImage === null) throw stepError('boot-image-unknown', 'Nobody knows what the server was booted from.')
  return { flavor, images: { root: bootImage }, isRunning: true }
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
