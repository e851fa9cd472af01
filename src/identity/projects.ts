/** Projects as admins keep them: a tree below each domain. Every change drops cached tokens, so that it holds at once. */
import { badRequest, forbidden, notFound } from '../model/errors.ts'
import { defaultDomainId } from '../model/identity.ts'
import type { Project } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { findDomain } from '../store/domains.ts'
import { deleteTag, insertTag } from '../store/project-tags.ts'
import * as store from '../store/projects.ts'
import { deleteTokensOf } from '../store/tokens.ts'
import type { Clock } from '../util/clock.ts'
import { refuseImmutableDelete, refuseImmutableUpdate } from './immutable.ts'
import { newIdentityId } from './new-id.ts'
import { refusingTwins } from './refusing-twins.ts'

export interface NewProject {
  readonly name: string
  /** The parent's, else the default domain. */
  readonly domainId?: string
  /** A project, or the domain. */
  readonly parentId?: string | null
  readonly description?: string
  readonly enabled?: boolean
  readonly immutable?: boolean
  readonly tags?: readonly string[]
}

export interface DirectoryParts {
  readonly db: Db
  readonly clock: Clock
  /** Called after every change. */
  readonly changed: () => void
}

/** Projects below a domain, from the top one down: as deep as Keystone allows. */
const maxDepth = 5
/** As many as Keystone allows. */
const maxTags = 80

export class ProjectDirectory {
  readonly #db: Db
  readonly #clock: Clock
  readonly #changed: () => void

  constructor({ db, clock, changed }: DirectoryParts) {
    this.#db = db
    this.#clock = clock
    this.#changed = changed
  }

  /** @throws PolyvisorError project-not-found */
  async get(id: string): Promise<Project> {
    return getProject(this.#db, id)
  }

  list(filter: store.ProjectFilter = {}): Promise<Project[]> {
    return store.listProjects(this.#db, filter)
  }

  /** Those on which the user holds a role. */
  listOfUser(userId: UserId): Promise<Project[]> {
    return store.listProjectsOfUser(this.#db, userId)
  }

  /** The nearest first. */
  listAbove(project: Project): Promise<Project[]> {
    return store.listProjectsAbove(this.#db, project)
  }

  /** However deep; a parent before its children. */
  listBelow(id: string): Promise<Project[]> {
    return store.listProjectsBelow(this.#db, id)
  }

  /** @throws PolyvisorError domain-not-found, project-not-found (the parent), project-exists, bad-request, forbidden */
  async create(wanted: NewProject): Promise<Project> {
    const { parentId = null, tags = [] } = wanted
    const created = await inTransaction(this.#db, async (trx) => {
      const isBelowDomain = parentId === null || (await findDomain(trx, { id: parentId })) !== undefined
      const parent = isBelowDomain ? undefined : await lockedParent(trx, parentId)
      const domainId = wanted.domainId ?? parent?.domainId ?? parentId ?? defaultDomainId
      if ((await findDomain(trx, { id: domainId })) === undefined) throw notFound('domain', domainId)
      if (domainId !== (parent?.domainId ?? parentId ?? domainId))
        throw badRequest('other-domain', 'The parent is in another domain. Leave domain_id out, or name the parent’s.')
      const project: Project = {
        id: newIdentityId() as ProjectId,
        domainId,
        parentId: parent?.id ?? null,
        name: wanted.name,
        description: wanted.description ?? '',
        enabled: wanted.enabled ?? true,
        immutable: wanted.immutable ?? false,
        tags: tagSet(tags),
        createdAtMs: this.#clock.nowMs(),
      }
      if (parent !== undefined) await requireRoomBelow(trx, parent, project)
      await refusingTwins('project', project.name, ' in that domain', () => store.insertProject(trx, project))
      return project
    })
    this.#changed()
    return created
  }

  /** Disabling a project ends its tokens. @throws PolyvisorError project-not-found, project-exists, forbidden */
  async update(id: string, changes: store.ProjectChanges): Promise<Project> {
    const { tags } = changes
    await inTransaction(this.#db, async (trx) => {
      const { parentId } = await getProject(trx, id)
      if (parentId !== null) await store.lockProject(trx, parentId)
      await store.lockProject(trx, id)
      const before = await getProject(trx, id)
      refuseImmutableUpdate('project', before, changes)
      if (changes.enabled === true && !before.enabled) await requireEnabledAbove(trx, before)
      if (changes.enabled === false && before.enabled) await requireDisabledBelow(trx, id)
      const wanted = tags === undefined ? changes : { ...changes, tags: tagSet(tags) }
      await refusingTwins('project', changes.name ?? before.name, ' in that domain', () =>
        store.updateProject(trx, before.id, wanted),
      )
      if (changes.enabled === false) await deleteTokensOf(trx, { projectId: before.id })
    })
    this.#changed()
    return this.get(id)
  }

  /** @throws PolyvisorError project-not-found, forbidden while it has projects below it */
  async delete(id: string): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      await store.lockProject(trx, id)
      const project = await getProject(trx, id)
      refuseImmutableDelete('project', project)
      if ((await store.listProjects(trx, { parentId: project.id })).length > 0)
        throw forbidden('Projects are below this one. Delete them first.')
      await store.deleteProject(trx, project.id)
    })
    this.#changed()
  }

  /** @throws PolyvisorError project-not-found, bad-request, forbidden */
  async addTag(id: string, name: string): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      await store.lockProject(trx, id)
      const project = await getProject(trx, id)
      refuseImmutableUpdate('project', project, { tags: [] } as object)
      tagSet([...project.tags, name])
      await insertTag(trx, project.id, name)
    })
  }

  /** @throws PolyvisorError project-not-found, project-tag-not-found, forbidden */
  async removeTag(id: string, name: string): Promise<void> {
    const project = await this.get(id)
    refuseImmutableUpdate('project', project, { tags: [] } as object)
    if (!(await deleteTag(this.#db, id, name))) throw notFound('project-tag', name)
  }
}

async function getProject(db: Db, id: string): Promise<Project> {
  const project = await store.findProject(db, id)
  if (project === undefined) throw notFound('project', id)
  return project
}

/** Neither deleted nor disabled before the child is there. */
async function lockedParent(trx: Db, id: string): Promise<Project> {
  await store.lockProject(trx, id)
  return getProject(trx, id)
}

async function requireRoomBelow(trx: Db, parent: Project, child: Project): Promise<void> {
  if (child.enabled && !parent.enabled) throw disabledAbove()
  const depth = (await store.listProjectsAbove(trx, parent)).length + 2
  if (depth > maxDepth) throw forbidden(`Projects lie ${maxDepth} deep at most. Choose a parent that is higher up.`)
}

async function requireEnabledAbove(trx: Db, project: Project): Promise<void> {
  const above = await store.listProjectsAbove(trx, project)
  if (above.some(({ enabled }) => !enabled)) throw disabledAbove()
}

async function requireDisabledBelow(trx: Db, id: string): Promise<void> {
  const below = await store.listProjectsBelow(trx, id)
  if (below.some(({ enabled }) => enabled))
    throw forbidden('Enabled projects are below this one. Disable them first, from the bottom up.')
}

function disabledAbove() {
  return forbidden('A project above it is disabled. Enable that first, from the top down.')
}

/** Sorted, each once. @throws PolyvisorError bad-request for too many */
function tagSet(tags: readonly string[]): readonly string[] {
  const set = [...new Set(tags)].sort()
  if (set.length > maxTags) throw badRequest('too-many-tags', `A project has ${maxTags} tags at most.`)
  return set
}
