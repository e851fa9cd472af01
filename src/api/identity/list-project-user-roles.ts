import type { ProjectId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { roleView } from '../views/role.ts'

export const listProjectUserRoles: Handler<'listProjectUserRoles'> = async ({ params }, services) => {
  const { project_id, user_id } = params
  const roles = await services.identity.roles.rolesOn(user_id, { projectId: project_id as ProjectId })
  const links = listLinks(`projects/${project_id}/users/${user_id}/roles`, services)
  return { status: 200, body: { roles: roles.map((role) => roleView(role, services)), links } }
}
