/** pick-host → claim → define-vm → start → confirm; a host that fails is left and the next one is tried. */
import type { ImageRef } from '../driver/vm-spec.ts'
import type { HostId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import type { Operation } from '../model/operation.ts'
import { claimAllocation, releaseAllocations } from '../store/allocations.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import type { Json } from '../util/json.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { adminPassOf } from './admin-pass.ts'
import { toScheduleRequest } from './boot-request.ts'
import { newConfigDrive } from './config-drive/config-drive-disk.ts'
import { stepError } from './engine/step-error.ts'
import { removeVm } from './remove-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { resourcesOf, toVmSpec } from './vm-spec.ts'

/** Stored as the operation's input: what the image was when the tenant asked. */
export interface InstanceCreateInput {
  readonly image: ImageRef
}

type FailedHosts = Readonly<Record<string, string>>

const claimLost = 'claim-lost'
const decisionsNote = 'decisions'
const failedHostsNote = 'failedHosts'
const keptDecisions = 10

export function instanceCreateSaga(parts: SagaParts): Saga {
  const { clock } = parts
  return {
    kind: 'instance-create',
    retryFrom: 'pick-host',
    // Each attempt excludes a host or follows a lost race; the filters end it when no host is left.
    maxAttempts: 100,
    attemptFailed(context, error) {
      const hostId = pickedHost(context)
      if (hostId === undefined || error.code === claimLost) return
      context.setNote(failedHostsNote, { ...failedHosts(context), [hostId]: error.message })
    },
    steps: [pickHost(parts), claim(parts), defineVm(parts), startVm(parts), confirm(parts)],
    async succeeded(context, trx) {
      const nowMs = clock.nowMs()
      const changes = {
        vmState: 'active',
        taskState: null,
        operationId: null,
        fault: null,
        launchedAtMs: nowMs,
      } as const
      await changeInstance(trx, context.instanceId, changes, nowMs, { operationId: context.operationId })
    },
    async failed(context, trx, error, cancelled) {
      const nowMs = clock.nowMs()
      const code = cancelled ? 409 : 500
      const fault = { code, message: error.message, details: error.details, createdAtMs: nowMs }
      const changes = { vmState: 'error', taskState: null, operationId: null, hostId: null, fault } as const
      await changeInstance(trx, context.instanceId, changes, nowMs, { operationId: context.operationId })
    },
  }
}

function pickHost({ db, placement }: SagaParts): Step {
  return {
    name: 'pick-host',
    isQuiet: true,
    async run(context) {
      const instance = await instanceOf(db, context)
      const image = imageOf(context)
      const failed = new Map(Object.entries(failedHosts(context)) as [HostId, string][])
      const request = toScheduleRequest(instance.flavor, image, instance.imageProperties, failed)
      const decision = await placement.decide(request)
      const earlier = (context.note(decisionsNote) ?? []) as Json[]
      const record = { attempt: context.attempt, ...decision } as unknown as Json
      context.setNote(decisionsNote, [...earlier.slice(1 - keptDecisions), record])
      if (decision.chosen === null)
        throw stepError('no-valid-host', await placement.describeRefusal(decision, request, image))
      return { hostId: decision.chosen.hostId, hostName: decision.chosen.name }
    },
  }
}

function claim({ db, clock }: SagaParts): Step {
  return {
    name: 'claim',
    async run(context) {
      const instance = await instanceOf(db, context)
      const hostId = mustHavePicked(context)
      const wanted = resourcesOf(instance.flavor, imageOf(context))
      const { instanceId, operationId } = context
      const nowMs = clock.nowMs()
      const claimed = await inTransaction(db, async (trx) => {
        await context.hold(trx)
        if (!(await claimAllocation(trx, { instanceId, hostId, operationId, wanted }, nowMs))) return false
        await changeInstance(trx, instanceId, { hostId, taskState: 'spawning' }, nowMs, { operationId })
        return true
      })
      if (!claimed) throw stepError(claimLost, 'Another request was faster.', { retry: 'elsewhere' })
      return undefined
    },
    async undo(context) {
      const { instanceId, operationId } = context
      const hostId = mustHavePicked(context)
      const changes = { hostId: null, taskState: 'scheduling' } as const
      await inTransaction(db, async (trx) => {
        await context.hold(trx)
        await releaseAllocations(trx, instanceId, clock.nowMs(), hostId)
        await changeInstance(trx, instanceId, changes, clock.nowMs(), { operationId })
      })
    },
  }
}

function defineVm(parts: SagaParts): Step {
  return {
    name: 'define-vm',
    async run(context) {
      const hostId = mustHavePicked(context)
      const instance = await instanceOf(parts.db, context)
      const spec = toVmSpec(
        instance,
        imageOf(context),
        hostId,
        newConfigDrive(instance, adminPassOf(context.operation)),
      )
      await parts.calls.call(context, hostId, { method: 'ensure-present', hostId, spec })
      return undefined
    },
    undo: (context) => removeVm(parts, context, mustHavePicked(context)),
  }
}

function startVm({ calls }: SagaParts): Step {
  return {
    name: 'start',
    async run(context) {
      const hostId = mustHavePicked(context)
      const { instanceId } = context
      return {
        power: await calls.callForPower(context, hostId, { method: 'set-power', hostId, instanceId, want: 'on' }),
      }
    },
    // Removing the VM, the undo of define-vm, stops it too.
  }
}

/** The agent read the VM back after it started it, and what it saw came with its answer; anything but `on` is asked again. */
function confirm({ calls }: SagaParts): Step {
  return {
    name: 'confirm',
    isQuiet: true,
    async run(context) {
      if (powerOf(context.output('start')) === 'on') return { power: 'on' }
      const hostId = mustHavePicked(context)
      const { instanceId } = context
      const state = await calls.call(context, hostId, { method: 'get', hostId, instanceId })
      const power = powerOf(state) ?? 'missing'
      if (power === 'on') return { power }
      const message = `The host says that it started the server, yet it is ${power}.`
      throw stepError('not-running', message, { retry: 'elsewhere' })
    },
  }
}

function powerOf(said: Json | undefined): string | null | undefined {
  return (said as { power?: string | null } | null | undefined)?.power
}

function failedHosts(context: StepContext): FailedHosts {
  return (context.note(failedHostsNote) ?? {}) as FailedHosts
}

/** What the steps need of it does not change while it is built: a run reads it once. */
const instancesRead = new WeakMap<Operation, Instance>()

async function instanceOf(db: Db, { operation, instanceId }: StepContext): Promise<Instance> {
  const known = instancesRead.get(operation)
  if (known !== undefined) return known
  const instance = await findInstance(db, instanceId)
  if (instance === undefined) throw stepError('instance-gone', 'The server is not there any more.')
  instancesRead.set(operation, instance)
  return instance
}

function imageOf(context: StepContext): ImageRef {
  return (context.operation.input as unknown as InstanceCreateInput).image
}

function pickedHost(context: StepContext): HostId | undefined {
  return (context.output('pick-host') as { hostId: HostId } | undefined)?.hostId
}

function mustHavePicked(context: StepContext): HostId {
  const hostId = pickedHost(context)
  if (hostId === undefined) throw new Error('a step ran before pick-host ended')
  return hostId
}
