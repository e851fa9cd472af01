import { looseBoolean } from '../views/loose-boolean.ts'
import { listLinks } from '../views/project.ts'
import { roleAssignmentView } from '../views/role.ts'
import type { Handler } from '../handler.ts'

export const listRoleAssignments: Handler<'listRoleAssignments'> = async ({ query }, services) => {
  const filters = {
    userId: query['user.id'],
    roleId: query['role.id'],
    projectId: query['scope.project.id'],
    domainId: query['scope.domain.id'],
  }
  const given = Object.entries(filters).filter(([, value]) => value !== undefined)
  const assignments = await services.identity.roles.assignments(Object.fromEntries(given))
  // Present without a value means yes, as for Keystone.
  const withNames = query.include_names === '' || looseBoolean(query.include_names) === true
  return {
    status: 200,
    body: {
      role_assignments: assignments.map((assignment) => roleAssignmentView(assignment, withNames, services)),
      links: listLinks('role_assignments', services),
    },
  }
}
