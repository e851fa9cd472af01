/** What agents say about their hosts: written only when it is news, never by an older word, never about another agent's live host. */
import { createHash } from 'node:crypto'
import type { HostCapabilities } from '../model/host.ts'
import type { AgentId, HostId } from '../model/ids.ts'
import type { Resources } from '../model/resources.ts'
import type { Db } from './database.ts'
import { toBoolean, toJson, toNumber } from './rows.ts'

export interface HostDescription {
  readonly id: HostId
  readonly driverId: string
  readonly name: string
  readonly hypervisorType: string
  readonly hypervisorVersion: string
  readonly healthy: boolean
  readonly healthMessage: string
  readonly total: Resources
  readonly traits: readonly string[]
  readonly capabilities: HostCapabilities
  /** Raised by the agent with each description. */
  readonly generation: number
}

export interface HostDefaults {
  readonly ratios: Resources
  readonly reserved: { readonly memoryMb: number; readonly diskGb: number }
  /** Of a new host: whether it is tested before it takes work. */
  readonly smokeTest: 'pending' | 'passed'
}

interface Known {
  readonly id: string
  readonly agent_id: string
  readonly up: unknown
  readonly generation: unknown
  readonly description_digest: string
}

/** @returns whether any host says something new of itself */
export async function describeHosts(
  db: Db,
  agentId: AgentId,
  hosts: readonly HostDescription[],
  defaults: HostDefaults,
  nowMs: number,
): Promise<boolean> {
  if (hosts.length === 0) return false
  const ids = hosts.map(({ id }) => id)
  const columns = ['id', 'agent_id', 'up', 'generation', 'description_digest']
  const rows = (await db('hosts').whereIn('id', ids).select(columns)) as Known[]
  const known = new Map(rows.map((row) => [row.id, row]))
  let isNews = false
  for (const host of hosts) {
    const digest = digestOf(host)
    if (!isWorthWriting(known.get(host.id), agentId, host, digest)) continue
    isNews = (await writeDescription(db, agentId, host, digest, defaults, nowMs)) || isNews
  }
  return isNews
}

function isWorthWriting(known: Known | undefined, agentId: AgentId, host: HostDescription, digest: string): boolean {
  if (known === undefined) return true
  if (known.agent_id !== agentId) return !toBoolean(known.up)
  return known.description_digest !== digest && toNumber(known.generation) < host.generation
}

/** The conditions stand in the statement again: other conductors write too. */
async function writeDescription(
  db: Db,
  agentId: AgentId,
  host: HostDescription,
  digest: string,
  defaults: HostDefaults,
  nowMs: number,
): Promise<boolean> {
  const described = {
    agent_id: agentId,
    driver_id: host.driverId,
    name: host.name,
    hypervisor_type: host.hypervisorType,
    hypervisor_version: host.hypervisorVersion,
    up: true,
    healthy: host.healthy,
    health_message: host.healthMessage,
    vcpus: host.total.vcpus,
    memory_mb: host.total.memoryMb,
    disk_gb: host.total.diskGb,
    traits: toJson(host.traits),
    capabilities: toJson(host.capabilities),
    generation: host.generation,
    description_digest: digest,
    last_seen_at: nowMs,
    updated_at: nowMs,
  }
  const rows = (await db('hosts')
    .insert({
      id: host.id,
      ...described,
      vcpu_ratio: defaults.ratios.vcpus,
      memory_ratio: defaults.ratios.memoryMb,
      disk_ratio: defaults.ratios.diskGb,
      reserved_memory_mb: defaults.reserved.memoryMb,
      reserved_disk_gb: defaults.reserved.diskGb,
      smoke_test: defaults.smokeTest,
      created_at: nowMs,
    })
    .onConflict('id')
    .merge(described)
    // A host may change hands (its agent was installed anew), but not while the agent that speaks for it is alive.
    .whereRaw('((hosts.agent_id = ? and hosts.generation < ?) or (hosts.agent_id <> ? and hosts.up = ?))', [
      agentId,
      host.generation,
      agentId,
      false,
    ])
    .returning('id')) as unknown[]
  return rows.length > 0
}

function digestOf({ generation: _, ...said }: HostDescription): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}
