/** Hosts, and whether they are up. Their agents describe them (host-descriptions.ts), allocations change their used amounts (allocations.ts). */
import type { AggregateMetadata } from '../model/aggregate.ts'
import type { AgentId, HostId } from '../model/ids.ts'
import type { Host, HostCapabilities, SmokeTest } from '../model/host.ts'
import type { Db } from './database.ts'
import { fromSharedJson, toBoolean, toNumber, toNumberOrNull } from './rows.ts'

type Row = Record<string, unknown>

/** The agent is alive, and so are its hosts. */
export async function touchHosts(db: Db, agentId: AgentId, nowMs: number): Promise<void> {
  await db('hosts')
    .where({ agent_id: agentId })
    .update({
      last_seen_at: nowMs,
      // Of those that were down something is new.
      updated_at: db.raw('case when up then updated_at else cast(? as bigint) end', [nowMs]),
      up: true,
    })
}

/**
 * Marks hosts that were not heard of since `sinceMs` as down; also those heard of in the future, before a clock was set back.
 * @returns those that were up until now
 */
export async function markSilentHostsDown(db: Db, sinceMs: number, nowMs: number): Promise<readonly HostId[]> {
  const futureMs = nowMs + Math.abs(nowMs - sinceMs)
  const rows = (await db('hosts')
    .where('up', true)
    .where((silent) => silent.where('last_seen_at', '<', sinceMs).orWhere('last_seen_at', '>', futureMs))
    .update({ up: false, updated_at: nowMs })
    .returning('id')) as Row[]
  return rows.map((row) => row['id'] as HostId)
}

export async function markAgentDown(db: Db, agentId: AgentId, nowMs: number): Promise<void> {
  await db('hosts').where({ agent_id: agentId }).update({ up: false, updated_at: nowMs })
}

export async function listHosts(db: Db): Promise<readonly Host[]> {
  const rows = (await db('hosts').orderBy(['name', 'id'])) as Row[]
  return rows.map(toHost)
}

/** Hosts of which anything but the time of the last sign of life changed at `sinceMs` or later. */
export async function listHostsChangedSince(db: Db, sinceMs: number): Promise<readonly Host[]> {
  const rows = (await db('hosts').where('updated_at', '>=', sinceMs)) as Row[]
  return rows.map(toHost)
}

export async function findHost(db: Db, id: HostId): Promise<Host | undefined> {
  const row = (await db('hosts').where({ id }).first()) as Row | undefined
  return row === undefined ? undefined : toHost(row)
}

export interface HostChanges {
  readonly enabled?: boolean
  readonly disabledReason?: string | null
  readonly forcedDown?: boolean
}

export async function changeHost(db: Db, id: HostId, changes: HostChanges, nowMs: number): Promise<void> {
  const { enabled, disabledReason, forcedDown } = changes
  await db('hosts')
    .where({ id })
    .update({
      ...(enabled === undefined ? {} : { enabled }),
      ...(disabledReason === undefined ? {} : { disabled_reason: disabledReason }),
      ...(forcedDown === undefined ? {} : { forced_down: forcedDown }),
      updated_at: nowMs,
    })
}

/** Inside a transaction: nobody else changes it before that ends. */
export async function findHostToChange(trx: Db, id: HostId): Promise<Host | undefined> {
  const row = (await trx('hosts').where({ id }).forUpdate().first()) as Row | undefined
  return row === undefined ? undefined : toHost(row)
}

/** Forgets the host. @returns false while it is up, or promised or seen to run anything */
export async function deleteHost(trx: Db, id: HostId): Promise<boolean> {
  const host = (await trx('hosts').where({ id }).forUpdate().first('up')) as Row | undefined
  if (host === undefined) return true
  if (toBoolean(host['up'])) return false
  for (const table of ['allocations', 'vms'])
    if ((await trx(table).where({ host_id: id }).first('instance_id')) !== undefined) return false
  await trx('hosts').where({ id }).delete()
  return true
}

export function toHost(row: Row): Host {
  return {
    id: row['id'] as HostId,
    agentId: row['agent_id'] as AgentId,
    driverId: row['driver_id'] as string,
    name: row['name'] as string,
    hypervisorType: row['hypervisor_type'] as string,
    hypervisorVersion: row['hypervisor_version'] as string,
    up: toBoolean(row['up']),
    healthy: toBoolean(row['healthy']),
    healthMessage: row['health_message'] as string,
    forcedDown: toBoolean(row['forced_down']),
    enabled: toBoolean(row['enabled']),
    disabledReason: row['disabled_reason'] as string | null,
    smokeTest: {
      state: row['smoke_test'] as SmokeTest['state'],
      message: row['smoke_test_message'] as string,
      endedAtMs: toNumberOrNull(row['smoke_tested_at']),
    },
    total: { vcpus: toNumber(row['vcpus']), memoryMb: toNumber(row['memory_mb']), diskGb: toNumber(row['disk_gb']) },
    ratios: {
      vcpus: toNumber(row['vcpu_ratio']),
      memoryMb: toNumber(row['memory_ratio']),
      diskGb: toNumber(row['disk_ratio']),
    },
    reserved: { vcpus: 0, memoryMb: toNumber(row['reserved_memory_mb']), diskGb: toNumber(row['reserved_disk_gb']) },
    used: {
      vcpus: toNumber(row['used_vcpus']),
      memoryMb: toNumber(row['used_memory_mb']),
      diskGb: toNumber(row['used_disk_gb']),
    },
    instanceCount: toNumber(row['instance_count']),
    availabilityZone: row['availability_zone'] as string | null,
    aggregates: fromSharedJson<AggregateMetadata[]>(row['aggregates']),
    traits: fromSharedJson<string[]>(row['traits']),
    capabilities: fromSharedJson<HostCapabilities>(row['capabilities']),
    lastSeenAtMs: toNumber(row['last_seen_at']),
    createdAtMs: toNumber(row['created_at']),
    updatedAtMs: toNumber(row['updated_at']),
  }
}
