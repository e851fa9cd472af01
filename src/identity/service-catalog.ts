/** The catalog: the services of this cloud itself, which stay as they are, and those that admins add. */
import { badRequest, conflict, forbidden, notFound } from '../model/errors.ts'
import type { CatalogService, Endpoint, EndpointFilter, EndpointInterface, Region } from '../model/catalog.ts'
import * as store from '../store/catalog.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { builtInCatalog, type BuiltInCatalog } from './built-in-catalog.ts'
import { EndpointSights } from './endpoint-sights.ts'
import { checkTemplate, expandUrl, type UrlFacts } from './endpoint-url.ts'
import { newIdentityId } from './new-id.ts'

export interface NewEndpoint {
  readonly serviceId: string
  readonly interface: EndpointInterface
  readonly url: string
  readonly regionId: string | null
  /** Makes the region when there is none of that id, as Keystone does for old clients. */
  readonly makeRegion: boolean
  readonly name?: string
  readonly description?: string
  readonly enabled?: boolean
}

export interface ServiceWithEndpoints {
  readonly service: CatalogService
  readonly endpoints: readonly Endpoint[]
}

export class ServiceCatalog {
  readonly sights: EndpointSights
  readonly #db: Db
  readonly #builtIn: BuiltInCatalog

  constructor(db: Db, place: { readonly publicUrl: string; readonly region: string }) {
    this.#db = db
    this.#builtIn = builtInCatalog(place)
    this.sights = new EndpointSights(db, () => this.listEndpoints())
  }

  /** What the bearer of a token is shown: what is enabled, with this bearer's own addresses. */
  async catalogFor(facts: UrlFacts): Promise<readonly ServiceWithEndpoints[]> {
    const seen = await this.sights.endpointsOf(facts.projectId)
    const shown = seen.flatMap((endpoint) => {
      const url = endpoint.enabled ? expandUrl(endpoint.url, facts) : undefined
      return url === undefined ? [] : [{ ...endpoint, url }]
    })
    return (await this.listServices())
      .filter(({ enabled }) => enabled)
      .map((service) => ({ service, endpoints: shown.filter(({ serviceId }) => serviceId === service.id) }))
      .filter(({ endpoints }) => endpoints.length > 0)
  }

  async listServices(filter: store.ServiceFilter = {}): Promise<readonly CatalogService[]> {
    const { type, name } = filter
    const own = this.#builtIn.services.filter(
      (one) => (type ?? one.type) === one.type && (name ?? one.name) === one.name,
    )
    return [...own, ...(await store.listServices(this.#db, filter))]
  }

  /** @throws PolyvisorError service-not-found */
  async getService(id: string): Promise<CatalogService> {
    const service = (await this.listServices()).find((one) => one.id === id)
    if (service === undefined) throw notFound('service', id)
    return service
  }

  async createService(wanted: Omit<CatalogService, 'id'>): Promise<CatalogService> {
    const service = { ...wanted, id: newIdentityId() }
    await store.insertService(this.#db, service)
    return service
  }

  /** @throws PolyvisorError service-not-found, forbidden */
  async updateService(id: string, changes: store.ServiceChanges): Promise<CatalogService> {
    await this.getService(id)
    refuseBuiltIn(this.#builtIn.services, id, 'service')
    await store.updateService(this.#db, id, changes)
    return this.getService(id)
  }

  /** With its endpoints. @throws PolyvisorError service-not-found, forbidden */
  async deleteService(id: string): Promise<void> {
    await this.getService(id)
    refuseBuiltIn(this.#builtIn.services, id, 'service')
    await inTransaction(this.#db, (trx) => store.deleteService(trx, id))
  }

  async listEndpoints(filter: EndpointFilter = {}): Promise<readonly Endpoint[]> {
    const own = this.#builtIn.endpoints.filter(
      (one) =>
        (filter.serviceId ?? one.serviceId) === one.serviceId &&
        (filter.regionId ?? one.regionId) === one.regionId &&
        (filter.interface ?? one.interface) === one.interface,
    )
    return [...own, ...(await store.listEndpoints(this.#db, filter))]
  }

  /** @throws PolyvisorError endpoint-not-found */
  async getEndpoint(id: string): Promise<Endpoint> {
    const endpoint = (await this.listEndpoints()).find((one) => one.id === id)
    if (endpoint === undefined) throw notFound('endpoint', id)
    return endpoint
  }

  /** @throws PolyvisorError bad-request: no such service or region, or a template that nobody fills in */
  async createEndpoint({ makeRegion, ...wanted }: NewEndpoint): Promise<Endpoint> {
    const endpoint: Endpoint = { name: '', description: '', enabled: true, ...wanted, id: newIdentityId() }
    await this.#check(endpoint, makeRegion)
    await store.insertEndpoint(this.#db, endpoint)
    return endpoint
  }

  /** @throws PolyvisorError endpoint-not-found, forbidden, bad-request */
  async updateEndpoint(id: string, changes: store.EndpointChanges, makeRegion: boolean): Promise<Endpoint> {
    const before = await this.getEndpoint(id)
    refuseBuiltIn(this.#builtIn.endpoints, id, 'endpoint')
    await this.#check({ ...before, ...changes }, makeRegion)
    await store.updateEndpoint(this.#db, id, changes)
    return this.getEndpoint(id)
  }

  /** @throws PolyvisorError endpoint-not-found, forbidden */
  async deleteEndpoint(id: string): Promise<void> {
    await this.getEndpoint(id)
    refuseBuiltIn(this.#builtIn.endpoints, id, 'endpoint')
    await inTransaction(this.#db, (trx) => store.deleteEndpoint(trx, id))
  }

  async listRegions(filter: { readonly parentId?: string } = {}): Promise<readonly Region[]> {
    const own = this.#builtIn.region
    const all = [own, ...(await store.listRegions(this.#db)).filter(({ id }) => id !== own.id)]
    return all.filter(({ parentId }) => filter.parentId === undefined || filter.parentId === parentId)
  }

  /** @throws PolyvisorError region-not-found */
  async getRegion(id: string): Promise<Region> {
    const region = (await this.listRegions()).find((one) => one.id === id)
    if (region === undefined) throw notFound('region', id)
    return region
  }

  /** @throws PolyvisorError region-exists, region-not-found (the parent) */
  async createRegion(wanted: Partial<Region>): Promise<Region> {
    const { id = newIdentityId(), description = '', parentId = null } = wanted
    const region = { id, description, parentId }
    if (parentId !== null) await this.getRegion(parentId)
    const isNew = id !== this.#builtIn.region.id && (await store.insertRegion(this.#db, region))
    if (!isNew) throw conflict('region-exists', `The region ${id} exists already. Choose another id.`)
    return region
  }

  /** @throws PolyvisorError region-not-found, forbidden, bad-request for a circle */
  async updateRegion(id: string, changes: store.RegionChanges): Promise<Region> {
    await this.getRegion(id)
    refuseBuiltIn([this.#builtIn.region], id, 'region')
    for (let above = changes.parentId ?? null; above !== null; above = (await this.getRegion(above)).parentId) {
      if (above === id) throw badRequest('region-circle', 'A region does not lie within itself. Choose another parent.')
    }
    await store.updateRegion(this.#db, id, changes)
    return this.getRegion(id)
  }

  /** @throws PolyvisorError region-not-found, forbidden while something is in it */
  async deleteRegion(id: string): Promise<void> {
    await this.getRegion(id)
    refuseBuiltIn([this.#builtIn.region], id, 'region')
    const within = [...(await this.listRegions({ parentId: id })), ...(await this.listEndpoints({ regionId: id }))]
    if (within.length > 0) throw forbidden('Regions or endpoints are in this region. Delete or move them first.')
    await store.deleteRegion(this.#db, id)
  }

  async #check({ serviceId, regionId, url }: Endpoint, makeRegion: boolean): Promise<void> {
    checkTemplate(url)
    if (!(await this.listServices()).some(({ id }) => id === serviceId))
      throw badRequest('service-not-found', `There is no service ${serviceId}; make it first.`)
    if (regionId === null || (await this.listRegions()).some(({ id }) => id === regionId)) return
    if (!makeRegion) throw badRequest('region-not-found', `There is no region ${regionId}; make it first.`)
    await store.insertRegion(this.#db, { id: regionId, description: '', parentId: null })
  }
}

function refuseBuiltIn(own: readonly { readonly id: string }[], id: string, what: string): void {
  if (!own.some((one) => one.id === id)) return
  throw forbidden(`This ${what} is the cloud’s own: it follows from the configuration, where it can be changed.`)
}
