import type { components } from '../../contract/types.gen.ts'
import type { Role, RoleAssignment } from '../../model/identity.ts'
import type { Services } from '../services.ts'

type AssignmentView = components['schemas']['IdentityRoleAssignment']

export function roleView(
  role: Role,
  { publicUrl }: Pick<Services, 'publicUrl'>,
): components['schemas']['IdentityRole'] {
  return {
    id: role.id,
    name: role.name,
    domain_id: null,
    description: role.description,
    options: {},
    links: { self: `${publicUrl}/identity/v3/roles/${role.id}` },
  }
}

export function roleAssignmentView(
  assignment: RoleAssignment,
  withNames: boolean,
  { publicUrl }: Pick<Services, 'publicUrl'>,
): AssignmentView {
  const { project, domain, role, userId } = assignment
  const named = <T extends object>(names: T): Partial<T> => (withNames ? names : {})
  const place = project === null ? `domains/${domain?.id}` : `projects/${project.id}`
  return {
    role: { id: role.id, ...named({ name: role.name }) },
    user: { id: userId, ...named({ name: assignment.userName, domain: { ...assignment.userDomain } }) },
    scope: {
      ...(project === null
        ? {}
        : { project: { id: project.id, ...named({ name: project.name, domain: { ...project.domain } }) } }),
      ...(domain === null ? {} : { domain: { id: domain.id, ...named({ name: domain.name }) } }),
    },
    links: { assignment: `${publicUrl}/identity/v3/${place}/users/${userId}/roles/${role.id}` },
  }
}
