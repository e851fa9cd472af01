/**
 * pick-host → claim → define-vm → start: an instance's VM on a second host, while the instance itself stays where it is
 * until the saga's last word. A host that fails is left and the next one is tried; each step has its way back.
 */
import type { DiskId, ImageRef, VmSpec } from '../driver/vm-spec.ts'
import type { Flavor } from '../model/flavor.ts'
import type { Host } from '../model/host.ts'
import type { Instance } from '../model/instance.ts'
import type { TaskState } from '../model/instance-states.ts'
import type { ServerMigrationStatus } from '../model/server-migration.ts'
import type { ScheduleRequest } from '../scheduler/types.ts'
import { claimAllocation, releaseAllocations } from '../store/allocations.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { listHosts } from '../store/hosts.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import { adminPassOf } from './admin-pass.ts'
import { toScheduleRequest } from './boot-request.ts'
import { newConfigDrive } from './config-drive/config-drive-disk.ts'
import type { Step, StepContext } from './engine/saga.ts'
import { askedHost, checkGroup, decideHost, failedHosts, lostClaim, mustHavePicked } from './pick-host.ts'
import { readPlaceWishes } from './placement-wishes.ts'
import { placedInstance } from './reshape-vm.ts'
import { removeVm } from './remove-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { noteMigration } from './server-migration-record.ts'
import { resourcesOf, toVmSpec } from './vm-spec.ts'

export interface Landing {
  readonly flavor: Flavor
  /** What its disks are made of; the root disk's is there. */
  readonly images: Readonly<Record<DiskId, ImageRef>> & { readonly root: ImageRef }
  readonly isRunning: boolean
}

export interface LandingTasks {
  readonly idle: TaskState
  readonly landing: TaskState
  /** Of the record, once there is a host. */
  readonly status: ServerMigrationStatus
}

type ReadLanding = (context: StepContext, instance: Instance) => Landing

/** @param read may be asked by any step: what it tells stays the same throughout */
export function landingSteps(parts: SagaParts, tasks: LandingTasks, read: ReadLanding): readonly Step[] {
  return [...placeSteps(parts, tasks, read), ...buildSteps(parts, read)]
}

/** The first two alone: a host, and a claim on it. */
export function placeSteps(parts: SagaParts, tasks: LandingTasks, read: ReadLanding): readonly Step[] {
  const { db, clock, placement } = parts
  const landing = landingReader(parts, read)
  return [
    {
      name: 'pick-host',
      isQuiet: true,
      async run(context) {
        const { instance, wanted } = await landing(context)
        const request = await elsewhereRequest(db, context, instance, wanted)
        const host = await decideHost(placement, context, request, wanted.images.root)
        return { hostId: host.id, hostName: host.name }
      },
    },
    {
      name: 'claim',
      beginsWithWork: true,
      async run(context) {
        const { instance, wanted } = await landing(context)
        const hostId = mustHavePicked(context)
        const { instanceId, operationId } = context
        const claim = { instanceId, hostId, operationId, wanted: resourcesOf(wanted.flavor, wanted.images.root) }
        const nowMs = clock.nowMs()
        await inTransaction(db, async (trx) => {
          await context.hold(trx)
          if (!(await claimAllocation(trx, claim, nowMs))) throw lostClaim()
          await changeInstance(trx, instanceId, { taskState: tasks.landing }, nowMs, { operationId })
          await checkGroup(trx, instance, hostId)
          await noteMigration(trx, context, { status: tasks.status, destHost: pickedName(context) }, nowMs)
        })
        return undefined
      },
      async undo(context) {
        const hostId = mustHavePicked(context)
        const { instanceId, operationId } = context
        const nowMs = clock.nowMs()
        await inTransaction(db, async (trx) => {
          await context.hold(trx)
          // It came all the same, and needs its claim.
          if ((await findInstance(trx, instanceId))?.hostId === hostId) return
          await releaseAllocations(trx, instanceId, nowMs, hostId)
          await changeInstance(trx, instanceId, { taskState: tasks.idle }, nowMs, { operationId })
        })
      },
    },
  ]
}

function buildSteps(parts: SagaParts, read: ReadLanding): readonly Step[] {
  const { calls } = parts
  const landing = landingReader(parts, read)
  return [
    {
      name: 'define-vm',
      beginsWithWork: true,
      async run(context) {
        const { instance, wanted } = await landing(context)
        const hostId = mustHavePicked(context)
        const drive = newConfigDrive(instance, adminPassOf(context.operation))
        const spec = toVmSpec({ ...instance, flavor: wanted.flavor }, wanted.images.root, hostId, drive)
        await calls.call(context, hostId, { method: 'ensure-present', hostId, spec: withImages(spec, wanted.images) })
        return undefined
      },
      undo: (context) => removeVm(parts, context, mustHavePicked(context)),
    },
    {
      name: 'start',
      beginsWithWork: true,
      async run(context) {
        const { wanted } = await landing(context)
        if (!wanted.isRunning) return undefined
        const hostId = mustHavePicked(context)
        const { instanceId } = context
        await calls.call(context, hostId, { method: 'set-power', hostId, instanceId, want: 'on' })
        return undefined
      },
      // Removing the VM, the undo of define-vm, stops it too.
    },
  ]
}

function landingReader({ db }: SagaParts, read: ReadLanding) {
  return async (context: StepContext): Promise<{ instance: Instance; wanted: Landing }> => {
    const { instance } = await placedInstance(db, context)
    return { instance, wanted: read(context, instance) }
  }
}

/**
 * Where else the instance could be: on a host of the same driver, which alone knows what the disks and the virtual
 * hardware need. The operation's input may name the only host that will do.
 */
export async function elsewhereRequest(
  db: Db,
  context: StepContext,
  instance: Instance,
  { flavor, images }: Pick<Landing, 'flavor' | 'images'>,
): Promise<ScheduleRequest> {
  const hosts = await listHosts(db)
  const driverId = hosts.find(({ id }) => id === instance.hostId)?.driverId
  const reasonAgainst = ({ id, driverId: other }: Host): string | undefined => {
    if (id === instance.hostId) return 'the server is on it already'
    return other === driverId ? undefined : 'it has another kind of hypervisor'
  }
  const excluded = hosts.flatMap((host) => {
    const reason = reasonAgainst(host)
    return reason === undefined ? [] : [[host.id, reason] as const]
  })
  const nics = instance.nics.map(({ network, address }) => ({ network, address, isRequired: true }))
  const { sameHosts, ...others } = await readPlaceWishes(db, instance)
  // Whom it wished to be with is nowhere any more: nobody could ever take that wish back.
  const wishes = sameHosts === undefined || sameHosts.size === 0 ? others : { ...others, sameHosts }
  const request = toScheduleRequest({ ...instance, flavor, image: images.root, nics }, failedHosts(context))
  const asked = await askedHost(db, context)
  return { ...request, ...wishes, ...asked, excludedHosts: new Map([...(asked.excludedHosts ?? []), ...excluded]) }
}

function withImages(spec: VmSpec, images: Landing['images']): VmSpec {
  const disks = spec.disks.map((disk) => {
    const image = images[disk.id]
    return image === undefined ? disk : { ...disk, source: { kind: 'image', image } as const }
  })
  return { ...spec, disks }
}

export function pickedName(context: StepContext): string | null {
  return (context.output('pick-host') as { hostName?: string } | undefined)?.hostName ?? null
}
