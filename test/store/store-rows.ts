/** Rows to race over. */
import type { AgentId, HostId, InstanceId, OperationId, ProjectId, UserId } from '../../src/model/ids.ts'
import type { Instance } from '../../src/model/instance.ts'
import { pendingOperation, type Operation } from '../../src/model/operation.ts'
import type { Db } from '../../src/store/database.ts'
import { testFlavor, testImage } from '../support/world.ts'

export const ownProject = 'p1' as ProjectId
export const ownUser = 'u1' as UserId

/** @returns the agent that speaks for it */
export async function addHostRow(
  db: Db,
  id: HostId,
  vcpus: number,
  agentId = `agent-of-${id}`.slice(0, 36) as AgentId,
): Promise<AgentId> {
  await db('agents').insert({ id: agentId, name: agentId, incarnation: 1, last_seen_at: 1, created_at: 1 })
  await db('hosts').insert({
    id,
    agent_id: agentId,
    driver_id: 'sim',
    name: id,
    hypervisor_type: 'sim',
    up: true,
    healthy: true,
    vcpus,
    memory_mb: 1_000_000,
    disk_gb: 1_000_000,
    vcpu_ratio: 1,
    memory_ratio: 1,
    disk_ratio: 1,
    last_seen_at: 1,
    created_at: 1,
    updated_at: 1,
  })
  return agentId
}

export function newOperation(kind = 'instance-create', instanceId: string | null = null): Operation {
  const requestId = 'req-test'
  const input = {}
  const who = { projectId: ownProject, userId: ownUser, requestId }
  return pendingOperation({ kind, ...who, instanceId: instanceId as InstanceId | null, input }, 1)
}

export function newInstance(changes: Partial<Instance> = {}): Instance {
  return {
    id: crypto.randomUUID() as InstanceId,
    projectId: ownProject,
    userId: ownUser,
    name: 'vm',
    description: null,
    flavor: testFlavor,
    imageId: testImage.id,
    imageProperties: {},
    hostId: null,
    nics: [],
    reservation: null,
    serverGroupId: null,
    hints: {},
    vmState: 'active',
    taskState: null,
    operationId: null as OperationId | null,
    fault: null,
    keyName: null,
    metadata: {},
    attributes: {},
    lock: null,
    resize: null,
    shelved: null,
    bootImage: null,
    userData: null,
    configDrive: false,
    availabilityZone: null,
    createdAtMs: 1,
    updatedAtMs: 1,
    launchedAtMs: 1,
    terminatedAtMs: null,
    deletedAtMs: null,
    ...changes,
  }
}
