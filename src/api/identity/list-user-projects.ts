import type { Handler } from '../handler.ts'
import { listLinks, projectView } from '../views/project.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const listUserProjects: Handler<'listUserProjects'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const user = await services.identity.users.get(params.user_id)
  const projects = await services.identity.projects.listOfUser(user.id)
  return {
    status: 200,
    body: {
      projects: projects.map((project) => projectView(project, services)),
      links: listLinks(`users/${user.id}/projects`, services),
    },
  }
}
