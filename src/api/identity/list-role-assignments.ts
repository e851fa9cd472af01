import { looseBoolean } from '../views/loose-boolean.ts'
import { listLinks } from '../views/project.ts'
import { roleAssignmentView } from '../views/role.ts'
import type { Handler } from '../handler.ts'

export const listRoleAssignments: Handler<'listRoleAssignments'> = async ({ query }, services) => {
  const filters = {
    userId: query['user.id'],
    groupId: query['group.id'],
    roleId: query['role.id'],
    projectId: query['scope.project.id'],
    domainId: query['scope.domain.id'],
    system: query['scope.system'] === undefined ? undefined : true,
    isInherited: query['scope.OS-INHERIT:inherited_to'] === 'projects' ? true : undefined,
  }
  const filter = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
  const { assignments } = services.identity
  const found = isSet(query.effective) ? await assignments.listEffective(filter) : await assignments.list(filter)
  const withNames = isSet(query.include_names)
  return {
    status: 200,
    body: {
      role_assignments: found.map((assignment) => roleAssignmentView(assignment, withNames, services)),
      links: listLinks('role_assignments', services),
    },
  }
}

/** Present without a value means yes, as for Keystone. */
function isSet(text: string | undefined): boolean {
  return text === '' || looseBoolean(text) === true
}
