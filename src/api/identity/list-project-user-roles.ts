import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { roleView } from '../views/role.ts'
import { assignmentOf } from './assignment-path.ts'

export const listProjectUserRoles: Handler<'listProjectUserRoles'> = async (request, services) => {
  const { holder, target } = assignmentOf(request)
  const roles = await services.identity.assignments.rolesOf(holder, target)
  const params: Readonly<Record<string, string>> = request.params
  const path = request.operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? '')
  const links = listLinks(path.replace('/identity/v3/', ''), services)
  return { status: 200, body: { roles: roles.map((role) => roleView(role, services)), links } }
}
