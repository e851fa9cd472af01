/** What `openstack project show --parents --children` adds to a project. */
import { badRequest } from '../../model/errors.ts'
import type { Project } from '../../model/identity.ts'
import type { AuthContext } from '../../model/token.ts'
import { projectView } from '../views/project.ts'
import type { Services } from '../services.ts'

type Wish = 'parents_as_list' | 'parents_as_ids' | 'subtree_as_list' | 'subtree_as_ids'
/** Ids within ids; null where nothing more lies. */
interface IdTree {
  readonly [id: string]: IdTree | null
}

export async function projectRelatives(
  project: Project,
  query: Readonly<Partial<Record<Wish, string>>>,
  auth: AuthContext,
  services: Services,
): Promise<{ parents?: unknown; subtree?: unknown }> {
  const wants = (wish: Wish): boolean => query[wish] !== undefined && !/^(0|false)$/i.test(query[wish])
  for (const what of ['parents', 'subtree'] as const) {
    if (wants(`${what}_as_list`) && wants(`${what}_as_ids`))
      throw badRequest('list-or-ids', `Ask for ${what}_as_list or for ${what}_as_ids, not for both.`)
  }
  const { projects } = services.identity
  const above = wants('parents_as_list') || wants('parents_as_ids') ? await projects.listAbove(project) : []
  const below = wants('subtree_as_list') || wants('subtree_as_ids') ? await projects.listBelow(project.id) : []
  const seen = auth.isAdmin ? undefined : new Set((await projects.listOfUser(auth.userId)).map(({ id }) => id))
  const asList = (list: readonly Project[]) =>
    list.filter(({ id }) => seen === undefined || seen.has(id)).map((one) => ({ project: projectView(one, services) }))
  return {
    ...(wants('parents_as_list') ? { parents: asList(above) } : {}),
    ...(wants('parents_as_ids') ? { parents: chainOf([...above.map(({ id }) => id), project.domainId]) } : {}),
    ...(wants('subtree_as_list') ? { subtree: asList(below) } : {}),
    ...(wants('subtree_as_ids') ? { subtree: treeOf(project.id, below) } : {}),
  }
}

function chainOf([first, ...rest]: readonly string[]): IdTree | null {
  return first === undefined ? null : { [first]: chainOf(rest) }
}

function treeOf(id: string, below: readonly Project[]): IdTree | null {
  const children = below.filter(({ parentId }) => parentId === id)
  return children.length === 0 ? null : Object.fromEntries(children.map((child) => [child.id, treeOf(child.id, below)]))
}
