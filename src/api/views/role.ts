import type { components } from '../../contract/types.gen.ts'
import type { NamedInDomain, Role, RoleAssignment } from '../../model/identity.ts'
import type { Services } from '../services.ts'
import { optionsView } from './project.ts'

type AssignmentView = components['schemas']['IdentityRoleAssignment']

export function roleView(
  role: Role,
  { publicUrl }: Pick<Services, 'publicUrl'>,
): components['schemas']['IdentityRole'] {
  return {
    id: role.id,
    name: role.name,
    domain_id: role.domainId,
    description: role.description,
    options: optionsView(role),
    links: { self: `${publicUrl}/identity/v3/roles/${role.id}` },
  }
}

export function roleAssignmentView(
  assignment: RoleAssignment,
  withNames: boolean,
  { publicUrl }: Pick<Services, 'publicUrl'>,
): AssignmentView {
  const { role, holder } = assignment
  const domain = role.domain === null ? {} : { domain: { ...role.domain } }
  return {
    role: { id: role.id, ...(withNames ? { name: role.name, ...domain } : {}) },
    [holder.kind]: named(holder, withNames),
    scope: scopeView(assignment, withNames),
    links: { assignment: `${publicUrl}/identity/v3/${pathOf(assignment)}` },
  }
}

function scopeView({ project, domain, isInherited }: RoleAssignment, withNames: boolean): AssignmentView['scope'] {
  const inherited = isInherited ? { 'OS-INHERIT:inherited_to': 'projects' as const } : {}
  if (project !== null) return { project: named(project, withNames), ...inherited }
  if (domain !== null) return { domain: { id: domain.id, ...(withNames ? { name: domain.name } : {}) }, ...inherited }
  return { system: { all: true } }
}

function named({ id, name, domain }: NamedInDomain, withNames: boolean) {
  return { id, ...(withNames ? { name, domain: { ...domain } } : {}) }
}

function pathOf({ holder, role, project, domain, isInherited }: RoleAssignment): string {
  const place = project !== null ? `projects/${project.id}` : domain !== null ? `domains/${domain.id}` : 'system'
  const path = `${place}/${holder.kind}s/${holder.id}/roles/${role.id}`
  return isInherited ? `OS-INHERIT/${path}/inherited_to_projects` : path
}
