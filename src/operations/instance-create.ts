/** pick-host → claim → define-vm → start → confirm; a host that fails is left and the next one is tried. */
import type { ImageRef } from '../driver/vm-spec.ts'
import type { HostId, InstanceId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { fixedNetworkKind, type Nic, type WantedNic } from '../model/network.ts'
import type { Operation } from '../model/operation.ts'
import type { PlacementHints } from '../model/placement-hints.ts'
import type { HostState } from '../scheduler/types.ts'
import { claimAllocation, releaseAllocations } from '../store/allocations.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { releaseAddresses, takeAddress } from '../store/fixed-addresses.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import type { Json } from '../util/json.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { adminPassOf } from './admin-pass.ts'
import { toScheduleRequest } from './boot-request.ts'
import { newConfigDrive } from './config-drive/config-drive-disk.ts'
import { stepError } from './engine/step-error.ts'
import { askedHost, checkGroup, decideHost, failedHosts, lostClaim, mustHavePicked, tryingHosts } from './pick-host.ts'
import { readPlaceWishes } from './placement-wishes.ts'
import { removeVm } from './remove-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { resourcesOf, toVmSpec } from './vm-spec.ts'

/** Stored as the operation's input: what the image was when the tenant asked. */
export interface InstanceCreateInput {
  readonly image: ImageRef
  /** Absent in operations that an older version began. */
  readonly nics?: readonly WantedNic[]
  /** Of operations that an older version began: the instance has them now. */
  readonly hints?: PlacementHints
  /** The only one that will do. */
  readonly hostId?: HostId
  readonly isForced?: boolean
}

/** Finds a host and makes the VM there, from the image in the operation's input. @param idle what it does before it has a host */
export function buildSaga(
  parts: SagaParts,
  idle: 'scheduling' | 'unshelving',
): Pick<Saga, 'steps' | 'retryFrom' | 'maxAttempts' | 'attemptFailed'> {
  return {
    ...tryingHosts,
    steps: [pickHost(parts), claim(parts, idle), defineVm(parts), startVm(parts), confirm(parts)],
  }
}

export function instanceCreateSaga(parts: SagaParts): Saga {
  const { clock } = parts
  return {
    ...buildSaga(parts, 'scheduling'),
    kind: 'instance-create',
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
      const nics = nicsOf(context)
      const wishes = await readPlaceWishes(db, { ...instance, hints: hintsOf(context) ?? instance.hints })
      const place = toScheduleRequest({ ...instance, ...zoneOf(context), image, nics }, failedHosts(context))
      const request = { ...place, ...wishes, ...(await askedHost(db, context)) }
      const host = await decideHost(placement, context, request, image)
      return { hostId: host.id, hostName: host.name, nics: offersNics(host) ? nics.length : 0 }
    },
  }
}

function claim({ db, clock }: SagaParts, idle: 'scheduling' | 'unshelving'): Step {
  return {
    name: 'claim',
    beginsWithWork: true,
    async run(context) {
      const instance = await instanceOf(db, context)
      const hostId = mustHavePicked(context)
      const wanted = resourcesOf(instance.flavor, imageOf(context))
      const { instanceId, operationId } = context
      const wantedNics = nicsOf(context).slice(0, nicsPicked(context))
      const nowMs = clock.nowMs()
      const nics = await inTransaction(db, async (trx) => {
        const [, taken, isClaimed] = await Promise.all([
          context.hold(trx),
          // Before the host's row, which others wait for.
          takeAddresses(trx, instanceId, wantedNics),
          claimAllocation(trx, { instanceId, hostId, operationId, wanted, isForced: isForced(context) }, nowMs),
        ])
        if (!isClaimed) throw lostClaim()
        await changeInstance(trx, instanceId, { hostId, nics: taken, taskState: 'spawning' }, nowMs, { operationId })
        await checkGroup(trx, instance, hostId)
        return taken
      })
      return { nics: nics as unknown as Json }
    },
    async undo(context) {
      const { instanceId, operationId } = context
      const hostId = mustHavePicked(context)
      // What comes back keeps its addresses wherever it is.
      const place = idle === 'scheduling' ? { hostId: null, nics: [] } : { hostId: null }
      const changes = { ...place, taskState: idle } as const
      await inTransaction(db, async (trx) => {
        await context.hold(trx)
        await releaseAllocations(trx, instanceId, clock.nowMs(), hostId)
        if (idle === 'scheduling') await releaseAddresses(trx, instanceId)
        await changeInstance(trx, instanceId, changes, clock.nowMs(), { operationId })
      })
    },
  }
}

function defineVm(parts: SagaParts): Step {
  return {
    name: 'define-vm',
    beginsWithWork: true,
    async run(context) {
      const hostId = mustHavePicked(context)
      const instance = { ...(await instanceOf(parts.db, context)), nics: nicsClaimed(context) }
      const configDrive = newConfigDrive(instance, adminPassOf(context.operation))
      const spec = toVmSpec(instance, imageOf(context), hostId, configDrive)
      await parts.calls.call(context, hostId, { method: 'ensure-present', hostId, spec })
      return undefined
    },
    undo: (context) => removeVm(parts, context, mustHavePicked(context)),
  }
}

function startVm({ calls }: SagaParts): Step {
  return {
    name: 'start',
    beginsWithWork: true,
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

function nicsOf(context: StepContext): readonly WantedNic[] {
  return (context.operation.input as unknown as InstanceCreateInput).nics ?? []
}

/** Of one that comes back to another zone than it had. */
function zoneOf(context: StepContext): { readonly availabilityZone?: string | null } {
  const { availabilityZone } = context.operation.input as { availabilityZone?: string | null }
  return availabilityZone === undefined ? {} : { availabilityZone }
}

function isForced(context: StepContext): boolean | undefined {
  return (context.operation.input as unknown as InstanceCreateInput).isForced
}

function hintsOf(context: StepContext): PlacementHints | undefined {
  return (context.operation.input as unknown as InstanceCreateInput).hints
}

/** How many of the wanted NICs the picked host can give. */
function nicsPicked(context: StepContext): number {
  return (context.output('pick-host') as { nics?: number } | undefined)?.nics ?? 0
}

function nicsClaimed(context: StepContext): readonly Nic[] {
  return (context.output('claim') as { nics?: readonly Nic[] } | undefined)?.nics ?? []
}

function offersNics({ capabilities }: HostState): boolean {
  return capabilities.networks?.includes(fixedNetworkKind) === true
}

async function takeAddresses(trx: Db, instanceId: InstanceId, wanted: readonly WantedNic[]): Promise<readonly Nic[]> {
  const nics: Nic[] = []
  for (const [position, one] of wanted.entries()) {
    const nic = await takeAddress(trx, instanceId, position, one)
    if (nic === undefined) throw noAddress(one)
    nics.push(nic)
  }
  return nics
}

function noAddress({ network, address }: WantedNic): Error {
  const text =
    address === undefined
      ? `Network ${network.name} has no free address left; delete a server, or create this one without a network.`
      : `Fixed IP address ${address} is already in use; choose another.`
  return stepError('no-address', text)
}
