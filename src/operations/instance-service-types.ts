/** What the HTTP edge asks of instances: intent goes in, operations come out. Implemented by instance-service.ts. */
import type { Flavor } from '../model/flavor.ts'
import type { ImageRecord } from '../model/image.ts'
import type { ImageId, InstanceId, OperationId, ProjectId, UserId } from '../model/ids.ts'
import type { InstanceAttributes } from '../model/instance.ts'
import type { WantedNic } from '../model/network.ts'
import type { PlacementHints } from '../model/placement-hints.ts'
import type { WantedHost } from './only-host.ts'
import type { InstanceAction } from '../model/instance-states.ts'

export interface InstanceService {
  /**
   * Writes the instances and their operations in one transaction; returns before anything is built.
   * @throws PolyvisorError
   */
  create(request: CreateInstance, context: ActionContext): Promise<CreatedInstances>
  /** @throws PolyvisorError not-found, or conflict when the state does not allow the action */
  act(
    instanceId: InstanceId,
    action: InstanceAction,
    context: ActionContext,
  ): Promise<{ readonly operationId: OperationId }>
  /** Makes it anew from an image, with what else changes. @throws PolyvisorError not-found, conflict, bad-request */
  rebuild(
    instanceId: InstanceId,
    wanted: RebuildInstance,
    context: ActionContext,
  ): Promise<{ operationId: OperationId }>
  /** @throws PolyvisorError not-found, conflict, bad-request, forbidden when the project's quota is used up */
  resize(instanceId: InstanceId, wanted: ResizeInstance, context: ActionContext): Promise<{ operationId: OperationId }>
  /**
   * To another host, where it waits to be confirmed or reverted.
   * @param options.host by its name; any that will do without it
   * @param options.confirm it does not wait: it is confirmed as soon as it has moved
   * @throws PolyvisorError not-found, conflict, bad-request
   */
  migrate(
    instanceId: InstanceId,
    options: { readonly host?: string | undefined; readonly confirm?: boolean },
    context: ActionContext,
  ): Promise<{ readonly operationId: OperationId }>
  /**
   * Made anew on another host, because its own is down.
   * @throws PolyvisorError not-found, conflict, bad-request
   */
  evacuate(
    instanceId: InstanceId,
    wanted: EvacuateInstance,
    context: ActionContext,
  ): Promise<{ readonly operationId: OperationId }>
  /**
   * To another host while it runs.
   * @throws PolyvisorError not-found, conflict, bad-request
   */
  liveMigrate(
    instanceId: InstanceId,
    options: { readonly host?: string | undefined },
    context: ActionContext,
  ): Promise<{ readonly operationId: OperationId }>
  /**
   * An image of it, which exists from now on and has its bytes later.
   * @throws PolyvisorError not-found, conflict, forbidden when the project's quota of metadata is used up
   */
  snapshot(
    instanceId: InstanceId,
    wanted: SnapshotInstance,
    context: ActionContext,
  ): Promise<{ readonly operationId: OperationId; readonly imageId: ImageId }>
  /**
   * Boots it from another image, with its own disks behind it.
   * @param image the one that it was made of without it
   * @throws PolyvisorError not-found, conflict, bad-request
   */
  rescue(
    instanceId: InstanceId,
    image: ImageRecord | undefined,
    context: ActionContext,
  ): Promise<{ readonly operationId: OperationId }>
  /** @throws PolyvisorError not-found, conflict also where its hypervisor cannot */
  changePassword(
    instanceId: InstanceId,
    adminPass: string,
    context: ActionContext,
  ): Promise<{ readonly operationId: OperationId }>
  /** @param options.offload whether it leaves its host at once. @throws PolyvisorError not-found, conflict */
  shelve(
    instanceId: InstanceId,
    options: { readonly offload: boolean },
    context: ActionContext,
  ): Promise<{ readonly operationId: OperationId }>
  /** @throws PolyvisorError not-found, conflict, bad-request when there is no such host */
  unshelve(
    instanceId: InstanceId,
    wanted: UnshelveInstance,
    context: ActionContext,
  ): Promise<{ readonly operationId: OperationId }>
  /** @throws PolyvisorError not-found */
  update(instanceId: InstanceId, changes: InstanceUpdate, context: ActionContext): Promise<void>
}

/** On whose behalf. The project is the caller's, which for an admin need not be the instance's. */
export interface ActionContext {
  readonly projectId: ProjectId
  readonly userId: UserId
  readonly requestId: string
  /** Locks do not stop admins. */
  readonly isAdmin: boolean
  /** A repeated call with the same key does nothing new. */
  readonly idempotencyKey?: string
}

export interface CreateInstance {
  readonly name: string
  readonly description?: string
  readonly flavor: Flavor
  readonly image: ImageRecord
  /** At least `min` or none; as many as possible up to `max`. Of several the names get `-1`, `-2` … */
  readonly count: { readonly min: number; readonly max: number }
  readonly metadata: Readonly<Record<string, string>>
  readonly attributes: InstanceAttributes
  readonly keyName?: string
  /** Base64, as the tenant sent it. */
  readonly userData?: string
  readonly configDrive: boolean
  /** As the tenant is told it. */
  readonly adminPass?: string
  readonly availabilityZone?: string
  /** The only one that will do. */
  readonly host?: WantedHost
  readonly nics: readonly WantedNic[]
  readonly serverGroupId?: string
  readonly hints: PlacementHints
}

export interface CreatedInstances {
  /** Names all of them, in lists too. */
  readonly reservationId: string
  readonly instanceIds: readonly InstanceId[]
  readonly operationIds: readonly OperationId[]
}

export interface RebuildInstance extends InstanceUpdate {
  readonly image: ImageRecord
  /** Instead of what it had. */
  readonly metadata?: Readonly<Record<string, string>>
  readonly keyName?: string | null
  /** Base64. */
  readonly userData?: string | null
  /** As the tenant is told it. */
  readonly adminPass?: string
}

export interface ResizeInstance {
  readonly flavor: Flavor
  /** From now on, whatever becomes of the resize; as it was without it. */
  readonly diskConfig?: InstanceAttributes['diskConfig']
}

export interface SnapshotInstance {
  readonly name: string
  /** Of the image, beside its own. */
  readonly properties: Readonly<Record<string, string>>
  /** It is one of the instance's backups, of which so many are kept. */
  readonly backup?: { readonly type: string; readonly kept: number }
}

export interface EvacuateInstance {
  /** By its name: the only one that will do. */
  readonly host?: string | undefined
  /** As the admin is told it. */
  readonly adminPass?: string | undefined
}

/** Wishes for the place of one that was offloaded. */
export interface UnshelveInstance {
  /** null: any from now on. */
  readonly availabilityZone?: string | null
  /** By its name. */
  readonly host?: string
}

export interface InstanceUpdate {
  readonly name?: string
  readonly description?: string | null
  /** Those that change; the others stay. */
  readonly attributes?: InstanceAttributes
}
