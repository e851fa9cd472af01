/**
 * Resources of a host promised to an instance. The host's used amounts change in the same statement that checks
 * them, so two claims can never share the last slot, whatever the database and however many conductors.
 */
import type { HostId, InstanceId, OperationId } from '../model/ids.ts'
import { difference } from '../model/resize.ts'
import type { Resources } from '../model/resources.ts'
import { inTransaction, type Db } from './database.ts'
import { toNumber } from './rows.ts'

export interface Allocation extends Resources {
  readonly instanceId: InstanceId
  readonly hostId: HostId
}

interface Allocating {
  readonly instanceId: InstanceId
  readonly hostId: HostId
  readonly operationId: OperationId
  readonly wanted: Resources
  /** Also where the host is disabled. */
  readonly isForced?: boolean | undefined
}

/** Claims `wanted` on the host for the instance; repeating it is harmless. @returns false when it no longer fits */
export async function claimAllocation(db: Db, claim: Allocating, nowMs: number): Promise<boolean> {
  const { instanceId, hostId, operationId, wanted, isForced } = claim
  return inTransaction(db, async (trx) => {
    const key = { instance_id: instanceId, host_id: hostId }
    const host = trx('hosts').where({ id: hostId })
    // The claim first, so that of two who claim for the same instance one waits for the other here.
    const [inserted, changed] = await Promise.all([
      trx('allocations')
        .insert({
          ...key,
          vcpus: wanted.vcpus,
          memory_mb: wanted.memoryMb,
          disk_gb: wanted.diskGb,
          operation_id: operationId,
          created_at: nowMs,
        })
        .onConflict(['instance_id', 'host_id'])
        .ignore()
        .returning('host_id') as Promise<unknown[]>,
      host
        .clone()
        .where({ up: true, healthy: true, forced_down: false, ...(isForced === true ? {} : { enabled: true }) })
        .whereRaw('used_vcpus + ? <= vcpus * vcpu_ratio', [wanted.vcpus])
        .whereRaw('used_memory_mb + ? <= (memory_mb - reserved_memory_mb) * memory_ratio', [wanted.memoryMb])
        .whereRaw('used_disk_gb + ? <= (disk_gb - reserved_disk_gb) * disk_ratio', [wanted.diskGb])
        .update(usedAmounts(trx, wanted, 1, nowMs)),
    ])
    const isNew = inserted.length > 0
    if (isNew && changed === 0) await trx('allocations').where(key).delete()
    if (!isNew && changed === 1) await host.update(usedAmounts(trx, wanted, -1, nowMs))
    return !isNew || changed === 1
  })
}

/**
 * Gives the instance's claim on the host other amounts; repeating it is harmless.
 * @returns false when that does not fit, or there is no claim
 */
export async function resizeAllocation(
  db: Db,
  claim: { instanceId: InstanceId; hostId: HostId; wanted: Resources },
  nowMs: number,
): Promise<boolean> {
  const { instanceId, hostId, wanted } = claim
  return inTransaction(db, async (trx) => {
    const key = { instance_id: instanceId, host_id: hostId }
    const row = (await trx('allocations').where(key).forNoKeyUpdate().first()) as Record<string, unknown> | undefined
    if (row === undefined) return false
    const more = difference(wanted, toResources(row))
    const host = trx('hosts').where({ id: hostId })
    if (more.vcpus > 0) host.whereRaw('used_vcpus + ? <= vcpus * vcpu_ratio', [more.vcpus])
    if (more.memoryMb > 0)
      host.whereRaw('used_memory_mb + ? <= (memory_mb - reserved_memory_mb) * memory_ratio', [more.memoryMb])
    if (more.diskGb > 0) host.whereRaw('used_disk_gb + ? <= (disk_gb - reserved_disk_gb) * disk_ratio', [more.diskGb])
    const changed = await host.update({
      ...usedAmounts(trx, more, 1, nowMs),
      instance_count: trx.ref('instance_count'),
    })
    if (changed !== 1) return false
    const { vcpus, memoryMb, diskGb } = wanted
    await trx('allocations').where(key).update({ vcpus, memory_mb: memoryMb, disk_gb: diskGb })
    return true
  })
}

/** Releases the instance's claim on one host, or on all; repeating it is harmless. */
export async function releaseAllocations(
  db: Db,
  instanceId: InstanceId,
  nowMs: number,
  hostId?: HostId,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    for (const allocation of await listAllocations(trx, instanceId)) {
      if (hostId !== undefined && allocation.hostId !== hostId) continue
      const gone = await trx('allocations').where({ instance_id: instanceId, host_id: allocation.hostId }).delete()
      if (gone > 0)
        await trx('hosts')
          .where({ id: allocation.hostId })
          .update(usedAmounts(trx, allocation, -1, nowMs))
    }
  })
}

export async function listAllocations(db: Db, instanceId: InstanceId): Promise<readonly Allocation[]> {
  const rows = (await db('allocations').where({ instance_id: instanceId }).orderBy('host_id')) as Record<
    string,
    unknown
  >[]
  return rows.map((row) => ({
    instanceId: row['instance_id'] as InstanceId,
    hostId: row['host_id'] as HostId,
    ...toResources(row),
  }))
}

function toResources(row: Record<string, unknown>): Resources {
  return {
    vcpus: toNumber(row['vcpus']),
    memoryMb: toNumber(row['memory_mb']),
    diskGb: toNumber(row['disk_gb']),
  }
}

function usedAmounts(db: Db, amounts: Resources, sign: 1 | -1, nowMs: number): Record<string, unknown> {
  return {
    used_vcpus: db.raw('used_vcpus + ?', [sign * amounts.vcpus]),
    used_memory_mb: db.raw('used_memory_mb + ?', [sign * amounts.memoryMb]),
    used_disk_gb: db.raw('used_disk_gb + ?', [sign * amounts.diskGb]),
    instance_count: db.raw('instance_count + ?', [sign]),
    updated_at: nowMs,
  }
}
