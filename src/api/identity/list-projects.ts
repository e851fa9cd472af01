import type { Handler } from '../handler.ts'
import { looseBoolean } from '../views/loose-boolean.ts'
import { listLinks, projectView } from '../views/project.ts'

export const listProjects: Handler<'listProjects'> = async ({ query }, services) => {
  const enabled = looseBoolean(query.enabled)
  // Domains are no projects here, and a project's parent is its domain.
  const isNothing = looseBoolean(query.is_domain) === true || differ(query.parent_id, query.domain_id)
  const domainId = query.domain_id ?? query.parent_id
  const projects = isNothing
    ? []
    : await services.identity.projects.list({
        ...(query.name === undefined ? {} : { name: query.name }),
        ...(domainId === undefined ? {} : { domainId }),
        ...(enabled === undefined ? {} : { enabled }),
      })
  return {
    status: 200,
    body: {
      projects: projects.map((project) => projectView(project, services)),
      links: listLinks('projects', services),
    },
  }
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other
}
