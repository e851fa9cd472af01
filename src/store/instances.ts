/** Instances: what tenants asked for. Busy instances hold the id of the operation that works on them, set by compare-and-set. */
import type { Flavor } from '../model/flavor.ts'
import type { BootImage } from '../model/image.ts'
import type { HostId, ImageId, InstanceId, OperationId, ProjectId, UserId } from '../model/ids.ts'
import type {
  Instance,
  InstanceAttributes,
  InstanceFault,
  InstanceLock,
  Reservation,
  Shelved,
} from '../model/instance.ts'
import type { PowerState, TaskState, VmStateName } from '../model/instance-states.ts'
import type { Nic } from '../model/network.ts'
import type { PlacementHints } from '../model/placement-hints.ts'
import type { PendingResize } from '../model/resize.ts'
import type { Db } from './database.ts'
import { fromJsonOrNull, fromSharedJson, toBoolean, toJson, toJsonOrNull, toNumber, toNumberOrNull } from './rows.ts'

type Row = Record<string, unknown>

export async function insertInstance(db: Db, instance: Instance): Promise<void> {
  await db('instances').insert({
    id: instance.id,
    project_id: instance.projectId,
    user_id: instance.userId,
    name: instance.name,
    description: instance.description,
    flavor: toJson(instance.flavor),
    resize: toJsonOrNull(instance.resize ?? undefined),
    shelved: toJsonOrNull(instance.shelved ?? undefined),
    boot_image: toJsonOrNull(instance.bootImage ?? undefined),
    image_id: instance.imageId,
    image_properties: toJson(instance.imageProperties),
    host_id: instance.hostId,
    nics: toJson(instance.nics),
    reservation_id: instance.reservation?.id ?? null,
    launch_index: instance.reservation?.index ?? 0,
    server_group_id: instance.serverGroupId,
    hints: toJson(instance.hints),
    vm_state: instance.vmState,
    task_state: instance.taskState,
    operation_id: instance.operationId,
    fault: toJsonOrNull(instance.fault ?? null),
    key_name: instance.keyName,
    metadata: toJson(instance.metadata),
    attributes: toJson(instance.attributes ?? {}),
    ...lockColumns(instance.lock),
    user_data: instance.userData,
    config_drive: instance.configDrive,
    availability_zone: instance.availabilityZone,
    created_at: instance.createdAtMs,
    updated_at: instance.updatedAtMs,
    launched_at: instance.launchedAtMs,
    terminated_at: instance.terminatedAtMs,
    deleted_at: instance.deletedAtMs,
  })
}

export async function findInstance(db: Db, id: InstanceId): Promise<Instance | undefined> {
  const row = (await db('instances').where({ id }).first()) as Row | undefined
  return row === undefined ? undefined : toInstance(row)
}

/** Inside a transaction: nobody else changes it before that ends. */
export async function findInstanceToChange(trx: Db, id: InstanceId): Promise<Instance | undefined> {
  const row = (await trx('instances').where({ id }).forNoKeyUpdate().first()) as Row | undefined
  return row === undefined ? undefined : toInstance(row)
}

/** Of all projects: those that hold room on the host and are (still, or already) on another. */
export async function listInstancesHolding(db: Db, hostId: HostId): Promise<readonly Instance[]> {
  const rows = (await db('instances')
    .whereIn('id', db('allocations').where({ host_id: hostId }).select('instance_id'))
    .where((elsewhere) => elsewhere.whereNull('host_id').orWhereNot('host_id', hostId))
    .where({ deleted_at: null })
    .orderBy(['created_at', 'id'])) as Row[]
  return rows.map(toInstance)
}

/** Of all projects, the oldest first. */
export async function listInstancesOnHost(db: Db, hostId: HostId): Promise<readonly Instance[]> {
  const rows = (await db('instances')
    .where({ host_id: hostId, deleted_at: null })
    .orderBy(['created_at', 'id'])) as Row[]
  return rows.map(toInstance)
}

/** The hosts that the project's instances of these ids are on; whoever is unknown or nowhere is left out. */
export async function listHostsOfInstances(
  db: Db,
  projectId: ProjectId,
  ids: readonly string[],
): Promise<ReadonlySet<HostId>> {
  const found = (await db('instances')
    .where({ project_id: projectId, deleted_at: null })
    .whereIn('id', ids)
    .whereNotNull('host_id')
    .pluck('host_id')) as HostId[]
  return new Set(found)
}

export interface InstanceChanges {
  readonly name?: string
  readonly description?: string | null
  readonly flavor?: Flavor
  readonly resize?: PendingResize | null
  readonly shelved?: Shelved | null
  readonly imageId?: ImageId
  readonly imageProperties?: Readonly<Record<string, string>>
  readonly bootImage?: BootImage
  readonly keyName?: string | null
  readonly userData?: string | null
  readonly configDrive?: boolean
  readonly hostId?: HostId | null
  readonly nics?: readonly Nic[]
  readonly vmState?: VmStateName
  readonly taskState?: TaskState | null
  readonly operationId?: OperationId | null
  readonly fault?: InstanceFault | null
  readonly metadata?: Readonly<Record<string, string>>
  readonly attributes?: InstanceAttributes
  readonly availabilityZone?: string | null
  readonly lock?: InstanceLock | null
  readonly launchedAtMs?: number
  readonly terminatedAtMs?: number
  readonly deletedAtMs?: number
}

/**
 * Changes an instance, but only while `expect` holds.
 * @returns false when it does not hold (somebody was faster) or the instance is unknown
 */
export async function changeInstance(
  db: Db,
  id: InstanceId,
  changes: InstanceChanges,
  nowMs: number,
  expect: { readonly operationId?: OperationId | null; readonly vmState?: VmStateName } = {},
): Promise<boolean> {
  const query = db('instances').where({ id, deleted_at: null })
  if (expect.operationId !== undefined) query.where('operation_id', expect.operationId)
  if (expect.vmState !== undefined) query.where('vm_state', expect.vmState)
  const changed = await query.update(toColumns(changes, nowMs))
  return changed === 1
}

export interface PowerMismatch {
  readonly instanceId: InstanceId
  readonly vmState: VmStateName
  readonly powerState: PowerState
}

const followsPower = ['active', 'stopped', 'paused', 'suspended']

/** Idle instances whose host says something else than their state, by the given table. */
export async function listPowerMismatches(
  db: Db,
  vmStateOfPower: Readonly<Partial<Record<PowerState, VmStateName>>>,
): Promise<readonly PowerMismatch[]> {
  const rows = (await db('instances')
    .join('vms', (join) =>
      join.on('vms.instance_id', '=', 'instances.id').andOn('vms.host_id', '=', 'instances.host_id'),
    )
    .whereNull('instances.deleted_at')
    .whereNull('instances.operation_id')
    .whereIn('instances.vm_state', followsPower)
    .where((query) => {
      for (const [powerState, vmState] of Object.entries(vmStateOfPower)) {
        query.orWhere((pair) => pair.where('vms.power_state', powerState).whereNot('instances.vm_state', vmState))
      }
    })
    .select('instances.id', 'instances.vm_state', 'vms.power_state')) as Row[]
  return rows.map((row) => ({
    instanceId: row['id'] as InstanceId,
    vmState: row['vm_state'] as VmStateName,
    powerState: row['power_state'] as PowerState,
  }))
}

function toColumns(changes: InstanceChanges, nowMs: number): Record<string, unknown> {
  const columns: Record<string, unknown> = { updated_at: nowMs }
  if (changes.name !== undefined) columns['name'] = changes.name
  if (changes.description !== undefined) columns['description'] = changes.description
  if (changes.flavor !== undefined) columns['flavor'] = toJson(changes.flavor)
  if (changes.resize !== undefined) columns['resize'] = toJsonOrNull(changes.resize ?? undefined)
  if (changes.shelved !== undefined) columns['shelved'] = toJsonOrNull(changes.shelved ?? undefined)
  if (changes.imageId !== undefined) columns['image_id'] = changes.imageId
  if (changes.imageProperties !== undefined) columns['image_properties'] = toJson(changes.imageProperties)
  if (changes.bootImage !== undefined) columns['boot_image'] = toJson(changes.bootImage)
  if (changes.keyName !== undefined) columns['key_name'] = changes.keyName
  if (changes.configDrive !== undefined) columns['config_drive'] = changes.configDrive
  if (changes.userData !== undefined) columns['user_data'] = changes.userData
  if (changes.hostId !== undefined) columns['host_id'] = changes.hostId
  if (changes.nics !== undefined) columns['nics'] = toJson(changes.nics)
  if (changes.vmState !== undefined) columns['vm_state'] = changes.vmState
  if (changes.taskState !== undefined) columns['task_state'] = changes.taskState
  if (changes.operationId !== undefined) columns['operation_id'] = changes.operationId
  if (changes.fault !== undefined) columns['fault'] = changes.fault === null ? null : toJson(changes.fault)
  if (changes.metadata !== undefined) columns['metadata'] = toJson(changes.metadata)
  if (changes.attributes !== undefined) columns['attributes'] = toJson(changes.attributes)
  if (changes.availabilityZone !== undefined) columns['availability_zone'] = changes.availabilityZone
  if (changes.lock !== undefined) Object.assign(columns, lockColumns(changes.lock))
  if (changes.launchedAtMs !== undefined) columns['launched_at'] = changes.launchedAtMs
  if (changes.terminatedAtMs !== undefined) columns['terminated_at'] = changes.terminatedAtMs
  if (changes.deletedAtMs !== undefined) columns['deleted_at'] = changes.deletedAtMs
  return columns
}

function lockColumns(lock: InstanceLock | null): Record<string, unknown> {
  return { locked_by: lock?.by ?? null, locked_reason: lock?.reason ?? null }
}

export function toInstance(row: Row): Instance {
  return {
    id: row['id'] as InstanceId,
    projectId: row['project_id'] as ProjectId,
    userId: row['user_id'] as UserId,
    name: row['name'] as string,
    description: row['description'] as string | null,
    flavor: fromSharedJson<Flavor>(row['flavor']),
    resize: fromJsonOrNull<PendingResize>(row['resize']),
    shelved: fromJsonOrNull<Shelved>(row['shelved']),
    bootImage: row['boot_image'] === null ? null : fromSharedJson<BootImage>(row['boot_image']),
    imageId: row['image_id'] as ImageId | null,
    imageProperties: fromSharedJson<Record<string, string>>(row['image_properties']),
    hostId: row['host_id'] as HostId | null,
    nics: fromSharedJson<readonly Nic[]>(row['nics']),
    reservation: toReservation(row),
    serverGroupId: row['server_group_id'] as string | null,
    hints: fromSharedJson<PlacementHints>(row['hints']),
    vmState: row['vm_state'] as VmStateName,
    taskState: row['task_state'] as TaskState | null,
    operationId: row['operation_id'] as OperationId | null,
    fault: fromJsonOrNull<InstanceFault>(row['fault']),
    keyName: row['key_name'] as string | null,
    metadata: fromSharedJson<Record<string, string>>(row['metadata']),
    attributes: fromSharedJson<InstanceAttributes>(row['attributes']),
    lock: toLock(row),
    userData: row['user_data'] as string | null,
    configDrive: toBoolean(row['config_drive']),
    availabilityZone: row['availability_zone'] as string | null,
    createdAtMs: toNumber(row['created_at']),
    updatedAtMs: toNumber(row['updated_at']),
    launchedAtMs: toNumberOrNull(row['launched_at']),
    terminatedAtMs: toNumberOrNull(row['terminated_at']),
    deletedAtMs: toNumberOrNull(row['deleted_at']),
  }
}

function toReservation(row: Row): Reservation | null {
  const id = row['reservation_id'] as string | null
  return id === null ? null : { id, index: row['launch_index'] as number }
}

function toLock(row: Row): InstanceLock | null {
  const by = row['locked_by'] as InstanceLock['by'] | null
  return by === null ? null : { by, reason: row['locked_reason'] as string | null }
}
