import type { Handler } from '../handler.ts'
import { looseBoolean } from '../views/loose-boolean.ts'
import { domainAsProjectView, listLinks, projectView } from '../views/project.ts'
import type { Services } from '../services.ts'

export const listProjects: Handler<'listProjects'> = async ({ query }, services) => {
  const { name, domain_id } = query
  const enabled = looseBoolean(query.enabled)
  const common = { ...(name === undefined ? {} : { name }), ...(enabled === undefined ? {} : { enabled }) }
  if (looseBoolean(query.is_domain) === true) {
    // Domains lie in nothing.
    const nothing = domain_id !== undefined || query.parent_id !== undefined
    const domains = nothing ? [] : await services.identity.domains.list(common)
    return answer(
      domains.map((domain) => domainAsProjectView(domain, services)),
      services,
    )
  }
  const projects = await services.identity.projects.list({
    ...common,
    ...(domain_id === undefined ? {} : { domainId: domain_id }),
    ...(query.parent_id === undefined ? {} : await below(query.parent_id, domain_id, services)),
    ...tagFilter({
      tags: query.tags,
      anyTags: query['tags-any'],
      notTags: query['not-tags'],
      notAnyTags: query['not-tags-any'],
    }),
  })
  return answer(
    projects.map((project) => projectView(project, services)),
    services,
  )
}

/** The parent of a project that lies in no other is its domain. */
async function below(parentId: string, domainId: string | undefined, services: Services) {
  if ((await services.identity.domains.find(parentId)) === undefined) return { parentId }
  return { parentId: null, domainId: parentId, ...((domainId ?? parentId) === parentId ? {} : { ids: [] }) }
}

/** Lists with commas; those that name no tag are left out. */
function tagFilter<Name extends string>(texts: Readonly<Record<Name, string | undefined>>) {
  const given = Object.entries<string | undefined>(texts).filter(([, text]) => text !== undefined && text !== '')
  const lists = given.map(([name, text]) => [name, text?.split(',')] as const)
  return Object.fromEntries(lists) as Partial<Record<Name, readonly string[]>>
}

function answer(projects: ReturnType<typeof projectView>[], services: Services) {
  return { status: 200, body: { projects, links: listLinks('projects', services) } } as const
}
