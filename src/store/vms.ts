/** What hosts say about instances: every write is a compare-and-set on the agent's generation, so late messages are harmless. */
import type { AgentId, HostId, InstanceId, ProjectId } from '../model/ids.ts'
import type { Vm } from '../model/instance.ts'
import type { PowerState } from '../model/instance-states.ts'
import type { Json } from '../util/json.ts'
import type { Db } from './database.ts'
import { rawRows, type RawStatement } from './raw-rows.ts'
import { fromJsonOrNull, toJsonOrNull, toNumber } from './rows.ts'

type Row = Record<string, unknown>

/**
 * An agent speaks for VMs on its own hosts: what another says changes nothing.
 * @returns whether the observation was newer than what was known
 */
export async function recordVm(db: Db, agentId: AgentId, vm: Vm): Promise<boolean> {
  const { sql, bindings } = recordingOf(agentId, vm)
  return (await rawRows(db, sql, bindings)).length > 0
}

/** The statement of `recordVm`, to be part of another. */
export function recordingOf(agentId: AgentId, vm: Vm): RawStatement {
  return {
    sql: `insert into vms (instance_id, host_id, power_state, handle, generation, observed_at)
     select cast(? as text), hosts.id, cast(? as text), cast(? as text), cast(? as bigint), cast(? as bigint)
     from hosts where hosts.id = ? and hosts.agent_id = ?
     on conflict (instance_id, host_id) do update set power_state = excluded.power_state, handle = excluded.handle,
       generation = excluded.generation, observed_at = excluded.observed_at
     where vms.generation < excluded.generation returning instance_id`,
    bindings: [
      vm.instanceId,
      vm.powerState,
      toJsonOrNull(vm.handle),
      vm.generation,
      vm.observedAtMs,
      vm.hostId,
      agentId,
    ],
  }
}

export async function listVmsOfHosts(db: Db, hostIds: readonly HostId[]): Promise<readonly Vm[]> {
  const rows = (await db('vms').whereIn('host_id', hostIds)) as Row[]
  return rows.map(toVm)
}

export async function listVmsOfInstance(db: Db, instanceId: InstanceId): Promise<readonly Vm[]> {
  const rows = (await db('vms').where({ instance_id: instanceId })) as Row[]
  return rows.map(toVm)
}

export async function forgetVm(db: Db, instanceId: InstanceId, hostId: HostId): Promise<void> {
  await db('vms').where({ instance_id: instanceId, host_id: hostId }).delete()
}

export interface OrphanVm {
  readonly instanceId: InstanceId
  readonly hostId: HostId
  readonly powerState: PowerState
  readonly projectId: ProjectId
}

/**
 * VMs on hosts that up agents spoke of, whose instance is deleted or elsewhere and is not being worked on. Where it has a
 * claim its VM is no orphan: a move that waits for its verdict holds both hosts.
 */
export async function listOrphanVms(db: Db): Promise<readonly OrphanVm[]> {
  const rows = (await db('vms')
    .join('instances', 'instances.id', 'vms.instance_id')
    .join('hosts', 'hosts.id', 'vms.host_id')
    .where('hosts.up', true)
    .whereNull('instances.operation_id')
    .where((query) =>
      query
        .whereNotNull('instances.deleted_at')
        .orWhereNull('instances.host_id')
        .orWhereRaw('instances.host_id <> vms.host_id'),
    )
    .whereNotExists(
      db('allocations')
        .whereRaw('allocations.instance_id = vms.instance_id and allocations.host_id = vms.host_id')
        .select(db.raw('1')),
    )
    .select('vms.instance_id', 'vms.host_id', 'vms.power_state', 'instances.project_id')) as Row[]
  return rows.map((row) => ({
    instanceId: row['instance_id'] as InstanceId,
    hostId: row['host_id'] as HostId,
    powerState: row['power_state'] as PowerState,
    projectId: row['project_id'] as ProjectId,
  }))
}

function toVm(row: Row): Vm {
  return {
    instanceId: row['instance_id'] as InstanceId,
    hostId: row['host_id'] as HostId,
    powerState: row['power_state'] as PowerState,
    handle: fromJsonOrNull<Json>(row['handle']),
    generation: toNumber(row['generation']),
    observedAtMs: toNumber(row['observed_at']),
  }
}
