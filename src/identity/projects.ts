/** Projects as admins keep them. Every change drops cached tokens, so that it holds at once. */
import { conflict, notFound } from '../model/errors.ts'
import { defaultDomainId } from '../model/identity.ts'
import type { Project } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { findDomain } from '../store/domains.ts'
import * as store from '../store/projects.ts'
import { deleteTokensOf } from '../store/tokens.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import type { Clock } from '../util/clock.ts'
import { newIdentityId } from './new-id.ts'

export interface NewProject {
  readonly name: string
  readonly domainId?: string
  readonly description?: string
  readonly enabled?: boolean
}

export interface DirectoryParts {
  readonly db: Db
  readonly clock: Clock
  /** Called after every change. */
  readonly changed: () => void
}

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
    const project = await store.findProject(this.#db, id)
    if (project === undefined) throw notFound('project', id)
    return project
  }

  list(filter: store.ProjectFilter = {}): Promise<Project[]> {
    return store.listProjects(this.#db, filter)
  }

  /** Those on which the user holds a role. */
  listOfUser(userId: UserId): Promise<Project[]> {
    return store.listProjectsOfUser(this.#db, userId)
  }

  /** @throws PolyvisorError domain-not-found, project-exists */
  async create(wanted: NewProject): Promise<Project> {
    const project: Project = {
      id: newIdentityId() as ProjectId,
      domainId: wanted.domainId ?? defaultDomainId,
      name: wanted.name,
      description: wanted.description ?? '',
      enabled: wanted.enabled ?? true,
      createdAtMs: this.#clock.nowMs(),
    }
    if ((await findDomain(this.#db, { id: project.domainId })) === undefined) throw notFound('domain', project.domainId)
    await refusingTwins(project.name, () => store.insertProject(this.#db, project))
    return project
  }

  /** Disabling a project ends its tokens. @throws PolyvisorError project-not-found, project-exists */
  async update(id: string, changes: store.ProjectChanges): Promise<Project> {
    const before = await this.get(id)
    await inTransaction(this.#db, async (trx) => {
      if (Object.keys(changes).length > 0) {
        await refusingTwins(changes.name ?? before.name, () => store.updateProject(trx, before.id, changes))
      }
      if (changes.enabled === false) await deleteTokensOf(trx, { projectId: before.id })
    })
    this.#changed()
    return this.get(id)
  }

  /** @throws PolyvisorError project-not-found */
  async delete(id: string): Promise<void> {
    const found = await inTransaction(this.#db, (trx) => store.deleteProject(trx, id as ProjectId))
    this.#changed()
    if (!found) throw notFound('project', id)
  }
}

async function refusingTwins<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw conflict('project-exists', `A project named ${name} exists already in that domain. Choose another name.`)
  }
}
