/** Requests to move an instance to another host, judged within the transaction that begins them. */
import { badRequest, conflict, PolyvisorError } from '../model/errors.ts'
import type { Flavor } from '../model/flavor.ts'
import { freeOf, type Host } from '../model/host.ts'
import type { HostId } from '../model/ids.ts'
import type { BootImage } from '../model/image.ts'
import type { Instance } from '../model/instance.ts'
import type { InstanceAction } from '../model/instance-states.ts'
import { limitsRefusal } from '../model/limits.ts'
import { difference, largerOf } from '../model/resize.ts'
import type { Resources } from '../model/resources.ts'
import type { Db } from '../store/database.ts'
import { findHost, listHosts } from '../store/hosts.ts'
import { findImage } from '../store/images.ts'
import { listAllocations } from '../store/allocations.ts'
import type { JsonObject } from '../util/json.ts'
import { secretOf } from './admin-pass.ts'
import { toImageRef } from './boot-request.ts'
import type { InstanceEvacuateInput } from './instance-evacuate.ts'
import type { InstanceLiveMigrateInput } from './instance-live-migrate.ts'
import type { InstanceMoveInput } from './instance-move.ts'
import type { MoveVerdictInput } from './instance-move-verdict.ts'
import type { ActionContext, EvacuateInstance } from './instance-service-types.ts'
import { insertMoveImages, newMoveImages } from './move-images.ts'
import { checkHostCan, type Prepare, type Prepared } from './prepared-action.ts'
import { insertMigrationOf } from './server-migration-record.ts'
import { resourcesOf } from './vm-spec.ts'

export interface MoveAt {
  readonly context: ActionContext
  readonly nowMs: number
}

interface MoveWish {
  readonly action: 'migrate' | 'resize'
  readonly flavor: Flavor
  /** By its name: the only host that will do. */
  readonly host?: string | undefined
  /** Nobody is asked for a verdict. */
  readonly confirm?: boolean | undefined
}

/** @throws PolyvisorError bad-request for a host that is not there or is its own, conflict when its own cannot give it away */
export async function prepareMove(
  trx: Db,
  instance: Instance,
  { action, flavor, host, confirm = false }: MoveWish,
  { context, nowMs }: MoveAt,
): Promise<Prepared> {
  if (action === 'migrate') await checkHostCan(trx, instance, action)
  if (instance.bootImage === null)
    throw conflict('not-movable', `Instance ${instance.id} cannot be moved; rebuild it first.`)
  const source = await sourceHost(trx, instance)
  const hostId = host === undefined ? undefined : await destinationNamed(trx, host, source)
  if (!isUsable(source)) {
    const message = `Host ${source.name} is down: what is on it can be evacuated, not moved.`
    throw conflict('host-down', message)
  }
  const images = newMoveImages(instance.flavor)
  const uuid = crypto.randomUUID()
  const only = hostId === undefined ? {} : { hostId }
  const input: InstanceMoveInput = { action, flavor, images, confirm, migrationId: uuid, ...only }
  const type = action === 'migrate' ? 'migration' : 'resize'
  return {
    kind: 'instance-move',
    input: input as unknown as JsonObject,
    changes: {},
    async afterwards(operationId) {
      await insertMoveImages(trx, instance, images, nowMs)
      await insertMigrationOf(trx, instance, { uuid, type, newFlavor: flavor }, { operationId, context, nowMs })
    },
  }
}

/**
 * From a host that is down, from the image that the instance was made of.
 * @throws PolyvisorError not-found for a host that is not there; bad-request when its own is not down, or is named; conflict
 */
export async function prepareEvacuate(
  trx: Db,
  instance: Instance,
  { host, adminPass }: EvacuateInstance,
  at: MoveAt,
): Promise<Prepared> {
  const source = await sourceHost(trx, instance)
  const named = host === undefined ? undefined : (await listHosts(trx)).find(({ name }) => name === host)
  if (host !== undefined && named === undefined)
    throw new PolyvisorError('not-found', 'host-not-found', `Compute host ${host} not found.`)
  if (named?.id === source.id) throw badRequest('same-host', "The target host can't be the same one.")
  if (source.up && !source.forcedDown) {
    const message = `Compute service of ${source.name} is still in use: only servers of a host that is down are evacuated.`
    throw badRequest('host-in-use', message)
  }
  const image = instance.imageId === null ? undefined : await findImage(trx, instance.imageId)
  if (image === undefined || image.status !== 'active') {
    const message = `The image that instance ${instance.id} was made of is gone, and so is what was on its host.`
    throw conflict('image-gone', message)
  }
  const uuid = crypto.randomUUID()
  const start = instance.vmState !== 'stopped'
  const only = named === undefined ? {} : { hostId: named.id }
  const input: InstanceEvacuateInput = { image: toImageRef(image), start, migrationId: uuid, ...only }
  const record = { uuid, type: 'evacuation', newFlavor: instance.flavor } as const
  return {
    input: input as unknown as JsonObject,
    ...secretOf(adminPass, instance.configDrive),
    changes: {},
    afterwards: (operationId) => insertMigrationOf(trx, instance, record, { ...at, operationId }),
  }
}

/** @throws PolyvisorError bad-request for a host that is not there or is its own, or is down */
export async function prepareLiveMigrate(
  trx: Db,
  instance: Instance,
  host: string | undefined,
  at: MoveAt,
): Promise<Prepared> {
  await checkHostCan(trx, instance, 'live-migrate')
  const source = await sourceHost(trx, instance)
  const hostId = host === undefined ? undefined : await destinationNamed(trx, host, source)
  if (!isUsable(source))
    throw badRequest('host-down', `Compute service of ${source.name} is unavailable at this time; evacuate the server.`)
  if (instance.bootImage === null)
    throw conflict('not-movable', `Instance ${instance.id} cannot be moved; rebuild it first.`)
  const uuid = crypto.randomUUID()
  const only = hostId === undefined ? {} : { hostId }
  const input: InstanceLiveMigrateInput = { sourceHostId: source.id, migrationId: uuid, ...only }
  const record = { uuid, type: 'live-migration', newFlavor: instance.flavor } as const
  return {
    input: input as unknown as JsonObject,
    changes: {},
    afterwards: (operationId) => insertMigrationOf(trx, instance, record, { ...at, operationId }),
  }
}

/** A resize where the instance is: nothing travels, and it is recorded as a move to its own host. */
export function prepareInPlace(trx: Db, instance: Instance, flavor: Flavor, { context, nowMs }: MoveAt): Prepared {
  const uuid = crypto.randomUUID()
  const record = { uuid, type: 'resize', newFlavor: flavor, isInPlace: true } as const
  return {
    kind: 'instance-resize',
    input: { flavor: flavor as unknown as JsonObject, migrationId: uuid },
    changes: {},
    afterwards: (operationId) => insertMigrationOf(trx, instance, record, { operationId, context, nowMs }),
  }
}

/**
 * Whether a resize has to leave its host: where the host has room and can do it, nothing needs to travel. Without any other
 * host of its kind it stays too, and is told why that does not work.
 */
export async function mustLeaveToResize(trx: Db, instance: Instance, to: Flavor, image: BootImage): Promise<boolean> {
  const source = await sourceHost(trx, instance)
  const { abilities, limitable } = source.capabilities
  const keepsLimits = limitsRefusal(to.extraSpecs, limitable) === undefined
  if (abilities.includes('resize') && keepsLimits && (await hasRoom(trx, instance, source, to, image))) return false
  if (!abilities.includes('snapshot')) return false
  return (await listHosts(trx)).some(({ id, driverId }) => id !== source.id && driverId === source.driverId)
}

/** How a resize or a move is confirmed or reverted; undefined for other actions. */
export function verdictOn(action: InstanceAction): Prepare | undefined {
  if (action === 'confirm-resize') return async (_trx, instance) => prepareVerdict(instance, 'confirm')
  if (action === 'revert-resize') return async (_trx, instance) => prepareVerdict(instance, 'revert')
  return undefined
}

function prepareVerdict(instance: Instance, verdict: 'confirm' | 'revert'): Prepared {
  const { hostId, resize } = instance
  const kind = `instance-${verdict}-${resize?.source === undefined ? 'resize' : 'move'}`
  if (resize?.source === undefined || hostId === null) return { kind, input: {}, changes: {} }
  const input: MoveVerdictInput = { sourceHostId: resize.source.hostId, destHostId: hostId }
  return { kind, input: { ...input }, changes: {} }
}

async function hasRoom(trx: Db, instance: Instance, host: Host, to: Flavor, image: BootImage): Promise<boolean> {
  const held = (await listAllocations(trx, instance.id)).find(({ hostId }) => hostId === host.id)
  if (held === undefined) return false
  const wanted = largerOf(resourcesOf(instance.flavor, image), resourcesOf(to, image))
  const { vcpus, memoryMb, diskGb } = difference<Resources>(wanted, held)
  const free = freeOf(host)
  const fits = (more: number, left: number): boolean => more <= 0 || more <= left
  return fits(vcpus, free.vcpus) && fits(memoryMb, free.memoryMb) && fits(diskGb, free.diskGb)
}

async function sourceHost(trx: Db, { id, hostId }: Instance): Promise<Host> {
  const host = hostId === null ? undefined : await findHost(trx, hostId)
  if (host === undefined) throw conflict('no-host', `Instance ${id} is on no host; delete it and create it again.`)
  return host
}

async function destinationNamed(trx: Db, name: string, source: Host): Promise<HostId> {
  const found = (await listHosts(trx)).find((host) => host.name === name)
  if (found === undefined) throw badRequest('host-not-found', `Compute host ${name} could not be found.`)
  if (found.id === source.id) throw badRequest('same-host', `Cannot migrate to the host where the server exists.`)
  return found.id
}

function isUsable({ up, healthy, forcedDown }: Host): boolean {
  return up && healthy && !forcedDown
}
