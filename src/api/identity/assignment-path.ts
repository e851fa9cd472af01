/** Who and where, as the paths of role assignments say it: one handler serves all kinds of holders and targets. */
import type { RoleHolder, RoleTarget } from '../../model/identity.ts'
import type { ProjectId } from '../../model/ids.ts'

interface AssignmentRequest {
  readonly operation: { readonly path: string }
  readonly params: unknown
}

export function assignmentOf({ operation, params }: AssignmentRequest): { holder: RoleHolder; target: RoleTarget } {
  const ids = params as Readonly<Partial<Record<'user_id' | 'group_id' | 'project_id' | 'domain_id', string>>>
  const holder = ids.user_id === undefined ? { groupId: ids.group_id ?? '' } : { userId: ids.user_id }
  return { holder, target: targetOf(ids, operation.path.endsWith('/inherited_to_projects')) }
}

function targetOf(
  ids: { readonly project_id?: string; readonly domain_id?: string },
  isInherited: boolean,
): RoleTarget {
  const projectId = ids.project_id as ProjectId | undefined
  if (projectId !== undefined) return isInherited ? { inheritedProjectId: projectId } : { projectId }
  if (ids.domain_id === undefined) return { system: true }
  return isInherited ? { inheritedDomainId: ids.domain_id } : { domainId: ids.domain_id }
}
