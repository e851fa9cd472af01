/** Rows of `regions`, `catalog_services` and `catalog_endpoints`: what admins added to the catalog. */
import type { CatalogService, Endpoint, EndpointFilter, EndpointInterface, Region } from '../model/catalog.ts'
import type { Db } from './database.ts'

export interface ServiceFilter {
  readonly type?: string
  readonly name?: string
}
export type ServiceChanges = Partial<Omit<CatalogService, 'id'>>
export type EndpointChanges = Partial<Omit<Endpoint, 'id'>>
export type RegionChanges = Partial<Omit<Region, 'id'>>

interface RegionRow {
  readonly id: string
  readonly description: string
  readonly parent_region_id: string | null
}

type ServiceRow = Omit<CatalogService, 'enabled'> & { readonly enabled: number | boolean }

interface EndpointRow {
  readonly id: string
  readonly service_id: string
  readonly region_id: string | null
  readonly interface: string
  readonly url: string
  readonly name: string
  readonly description: string
  readonly enabled: number | boolean
}

const regions = (db: Db) => db<RegionRow>('regions')
const services = (db: Db) => db<ServiceRow>('catalog_services')
const endpoints = (db: Db) => db<EndpointRow>('catalog_endpoints')

/** @returns false when there is one of that id already */
export async function insertRegion(db: Db, region: Region): Promise<boolean> {
  const { id, description, parentId } = region
  const before = await findRegion(db, id)
  await regions(db).insert({ id, description, parent_region_id: parentId }).onConflict('id').ignore()
  return before === undefined
}

async function findRegion(db: Db, id: string): Promise<Region | undefined> {
  const row = await regions(db).where({ id }).first()
  return row === undefined ? undefined : toRegion(row)
}

export async function listRegions(db: Db): Promise<Region[]> {
  return (await regions(db).orderBy('id')).map(toRegion)
}

export async function updateRegion(db: Db, id: string, { description, parentId }: RegionChanges): Promise<void> {
  const columns = {
    ...(description === undefined ? {} : { description }),
    ...(parentId === undefined ? {} : { parent_region_id: parentId }),
  }
  if (Object.keys(columns).length > 0) await regions(db).where({ id }).update(columns)
}

export async function deleteRegion(db: Db, id: string): Promise<boolean> {
  return (await regions(db).where({ id }).delete()) > 0
}

export async function insertService(db: Db, service: CatalogService): Promise<void> {
  await services(db).insert({ ...service })
}

export async function listServices(db: Db, filter: ServiceFilter = {}): Promise<CatalogService[]> {
  const rows = await services(db)
    .where({ ...filter })
    .orderBy(['type', 'name', 'id'])
  return rows.map((row) => ({ ...row, enabled: Boolean(row.enabled) }))
}

export async function updateService(db: Db, id: string, changes: ServiceChanges): Promise<void> {
  if (Object.keys(changes).length > 0) await services(db).where({ id }).update(changes)
}

/** Inside a transaction: with its endpoints. @returns false when there is no such service */
export async function deleteService(trx: Db, id: string): Promise<boolean> {
  await endpoints(trx).where({ service_id: id }).delete()
  return (await services(trx).where({ id }).delete()) > 0
}

export async function insertEndpoint(db: Db, { serviceId, regionId, ...endpoint }: Endpoint): Promise<void> {
  await endpoints(db).insert({ ...endpoint, service_id: serviceId, region_id: regionId })
}

export async function listEndpoints(db: Db, filter: EndpointFilter = {}): Promise<Endpoint[]> {
  const query = endpoints(db).orderBy(['service_id', 'region_id', 'interface', 'id'])
  if (filter.serviceId !== undefined) query.where('service_id', filter.serviceId)
  if (filter.regionId !== undefined) query.where('region_id', filter.regionId)
  if (filter.interface !== undefined) query.where('interface', filter.interface)
  return (await query).map(toEndpoint)
}

export async function updateEndpoint(
  db: Db,
  id: string,
  { serviceId, regionId, ...rest }: EndpointChanges,
): Promise<void> {
  const columns = {
    ...rest,
    ...(serviceId === undefined ? {} : { service_id: serviceId }),
    ...(regionId === undefined ? {} : { region_id: regionId }),
  }
  if (Object.keys(columns).length > 0) await endpoints(db).where({ id }).update(columns)
}

/** Inside a transaction: no project sees it any more. @returns false when there is no such endpoint */
export async function deleteEndpoint(trx: Db, id: string): Promise<boolean> {
  await trx('project_endpoints').where({ endpoint_id: id }).delete()
  return (await endpoints(trx).where({ id }).delete()) > 0
}

function toRegion({ id, description, parent_region_id: parentId }: RegionRow): Region {
  return { id, description, parentId }
}

function toEndpoint({ service_id: serviceId, region_id: regionId, ...row }: EndpointRow): Endpoint {
  return {
    ...row,
    serviceId,
    regionId,
    interface: row.interface as EndpointInterface,
    enabled: Boolean(row.enabled),
  }
}
