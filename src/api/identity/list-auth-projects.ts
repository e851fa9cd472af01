import type { Handler } from '../handler.ts'
import { listLinks, projectView } from '../views/project.ts'

export const listAuthProjects: Handler<'listAuthProjects'> = async ({ auth }, services) => {
  const projects = (await services.identity.projects.listOfUser(auth.userId)).filter(({ enabled }) => enabled)
  return {
    status: 200,
    body: {
      projects: projects.map((project) => projectView(project, services)),
      links: listLinks('auth/projects', services),
    },
  }
}
