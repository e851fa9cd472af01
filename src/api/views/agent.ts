/** Agents as our own face shows them. */
import type { components } from '../../contract/types.gen.ts'
import type { Agent } from '../../model/agent.ts'
import { toMilliseconds } from './times.ts'

export function agentView(agent: Agent): components['schemas']['Agent'] {
  return {
    id: agent.id,
    name: agent.name,
    enrolled: agent.isEnrolled,
    last_seen_at: toMilliseconds(agent.lastSeenAtMs),
    created_at: toMilliseconds(agent.createdAtMs),
    hosts: agent.hosts.map(({ id, name, up }) => ({ id, name, up })),
  }
}
