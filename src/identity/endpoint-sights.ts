/** Which project sees which endpoints: all, until single ones or groups of them were given to it (Keystone's OS-EP-FILTER). */
import { notFound } from '../model/errors.ts'
import type { Endpoint, EndpointGroup } from '../model/catalog.ts'
import type { Db } from '../store/database.ts'
import * as store from '../store/endpoint-groups.ts'
import { findProject } from '../store/projects.ts'
import { newIdentityId } from './new-id.ts'

export class EndpointSights {
  readonly #db: Db
  readonly #listEndpoints: () => Promise<readonly Endpoint[]>

  constructor(db: Db, listEndpoints: () => Promise<readonly Endpoint[]>) {
    this.#db = db
    this.#listEndpoints = listEndpoints
  }

  listGroups(): Promise<EndpointGroup[]> {
    return store.listEndpointGroups(this.#db)
  }

  /** @throws PolyvisorError endpoint-group-not-found */
  async getGroup(id: string): Promise<EndpointGroup> {
    const group = await store.findEndpointGroup(this.#db, id)
    if (group === undefined) throw notFound('endpoint-group', id)
    return group
  }

  async createGroup(wanted: Omit<EndpointGroup, 'id'>): Promise<EndpointGroup> {
    const group = { ...wanted, id: newIdentityId() }
    await store.insertEndpointGroup(this.#db, group)
    return group
  }

  /** @throws PolyvisorError endpoint-group-not-found */
  async updateGroup(id: string, changes: store.EndpointGroupChanges): Promise<EndpointGroup> {
    await this.getGroup(id)
    await store.updateEndpointGroup(this.#db, id, changes)
    return this.getGroup(id)
  }

  /** @throws PolyvisorError endpoint-group-not-found */
  async deleteGroup(id: string): Promise<void> {
    if (!(await store.deleteEndpointGroup(this.#db, id))) throw notFound('endpoint-group', id)
  }

  /** @throws PolyvisorError endpoint-group-not-found */
  async endpointsIn(groupId: string): Promise<readonly Endpoint[]> {
    const group = await this.getGroup(groupId)
    return (await this.#listEndpoints()).filter((endpoint) => isIn(group, endpoint))
  }

  /** What the project sees; without a project, and with nothing given to it, all. */
  async endpointsOf(projectId: string | undefined): Promise<readonly Endpoint[]> {
    const all = await this.#listEndpoints()
    if (projectId === undefined) return all
    const ids = new Set(await store.listSights(this.#db, store.endpointSight, projectId))
    const groups = await store.listEndpointGroups(this.#db, projectId)
    if (ids.size === 0 && groups.length === 0) return all
    return all.filter((endpoint) => ids.has(endpoint.id) || groups.some((group) => isIn(group, endpoint)))
  }

  /** Those that were given to the project one by one. @throws PolyvisorError project-not-found */
  async givenEndpoints(projectId: string): Promise<readonly Endpoint[]> {
    await this.#requireProject(projectId)
    const ids = new Set(await store.listSights(this.#db, store.endpointSight, projectId))
    return (await this.#listEndpoints()).filter(({ id }) => ids.has(id))
  }

  /** @throws PolyvisorError project-not-found */
  async givenGroups(projectId: string): Promise<readonly EndpointGroup[]> {
    await this.#requireProject(projectId)
    return store.listEndpointGroups(this.#db, projectId)
  }

  /** @returns ids of the projects that it was given to @throws PolyvisorError endpoint- or endpoint-group-not-found */
  async projectsSeeing(what: 'endpoint' | 'endpoint-group', id: string): Promise<readonly string[]> {
    await this.#require(what, id)
    return store.listProjectsSeeing(this.#db, sightOf(what), id)
  }

  /** @throws PolyvisorError project-, endpoint- or endpoint-group-not-found */
  async give(what: 'endpoint' | 'endpoint-group', id: string, projectId: string): Promise<void> {
    await this.#require(what, id)
    await this.#requireProject(projectId)
    await store.insertSight(this.#db, sightOf(what), projectId, id)
  }

  /** @throws PolyvisorError project-, endpoint- or endpoint-group-not-found; also when it was not given to the project */
  async requireGiven(what: 'endpoint' | 'endpoint-group', id: string, projectId: string): Promise<void> {
    await this.#require(what, id)
    await this.#requireProject(projectId)
    if (!(await store.listSights(this.#db, sightOf(what), projectId)).includes(id)) throw notFound(what, id)
  }

  /** @throws PolyvisorError project-, endpoint- or endpoint-group-not-found; also when it was not given to the project */
  async takeBack(what: 'endpoint' | 'endpoint-group', id: string, projectId: string): Promise<void> {
    await this.requireGiven(what, id, projectId)
    await store.deleteSight(this.#db, sightOf(what), projectId, id)
  }

  async #require(what: 'endpoint' | 'endpoint-group', id: string): Promise<void> {
    if (what === 'endpoint-group') await this.getGroup(id)
    else if (!(await this.#listEndpoints()).some((endpoint) => endpoint.id === id)) throw notFound('endpoint', id)
  }

  async #requireProject(id: string): Promise<void> {
    if ((await findProject(this.#db, id)) === undefined) throw notFound('project', id)
  }
}

function sightOf(what: 'endpoint' | 'endpoint-group'): store.Sight {
  return what === 'endpoint' ? store.endpointSight : store.groupSight
}

function isIn({ filters }: EndpointGroup, endpoint: Endpoint): boolean {
  return (
    (filters.serviceId ?? endpoint.serviceId) === endpoint.serviceId &&
    (filters.regionId ?? endpoint.regionId) === endpoint.regionId &&
    (filters.interface ?? endpoint.interface) === endpoint.interface &&
    (filters.enabled ?? endpoint.enabled) === endpoint.enabled
  )
}
