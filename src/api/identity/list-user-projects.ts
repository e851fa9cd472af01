import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { listLinks, projectView } from '../views/project.ts'

export const listUserProjects: Handler<'listUserProjects'> = async ({ auth, params }, services) => {
  if (!auth.isAdmin && auth.userId !== params.user_id) throw forbidden('You may list your own projects only.')
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
