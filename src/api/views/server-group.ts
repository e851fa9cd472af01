import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import type { ServerGroup } from '../../model/server-group.ts'

export function serverGroupView(group: ServerGroup, version: Microversion): components['schemas']['ServerGroup'] {
  const { id, name, policy, maxServerPerHost, members, projectId, userId } = group
  return {
    id,
    name,
    members: [...members],
    ...(version >= 13 ? { project_id: projectId, user_id: userId } : {}),
    ...(version >= 64
      ? { policy, rules: maxServerPerHost === null ? {} : { max_server_per_host: maxServerPerHost } }
      : { policies: [policy], metadata: {} }),
  }
}
