/** The catalog, and what it consists of. */
import type { components } from '../../contract/types.gen.ts'
import type { CatalogService, Endpoint, EndpointGroup, Region } from '../../model/catalog.ts'
import type { AuthContext } from '../../model/token.ts'
import type { Services } from '../services.ts'

type Schemas = components['schemas']
type Place = Pick<Services, 'publicUrl'>

/** As the bearer sees it. */
export async function catalogView(
  { userId, projectId }: Pick<AuthContext, 'userId' | 'projectId'>,
  { catalog }: Pick<Services, 'catalog'>,
): Promise<Schemas['IdentityCatalog']> {
  const found = await catalog.catalogFor({ userId, ...(projectId === undefined ? {} : { projectId }) })
  return found.map(({ service, endpoints }) => ({
    id: service.id,
    type: service.type,
    name: service.name,
    endpoints: endpoints.map(({ id, regionId, url, ...endpoint }) => ({
      id,
      interface: endpoint.interface,
      region: regionId,
      region_id: regionId,
      url,
    })),
  }))
}

export function serviceView(service: CatalogService, { publicUrl }: Place): Schemas['IdentityService'] {
  return { ...service, links: { self: `${publicUrl}/identity/v3/services/${service.id}` } }
}

export function endpointView(endpoint: Endpoint, { publicUrl }: Place): Schemas['IdentityEndpoint'] {
  const { serviceId, regionId, ...rest } = endpoint
  const links = { self: `${publicUrl}/identity/v3/endpoints/${endpoint.id}` }
  return { ...rest, service_id: serviceId, region: regionId, region_id: regionId, links }
}

export function regionView({ id, description, parentId }: Region, { publicUrl }: Place): Schemas['IdentityRegion'] {
  const links = { self: `${publicUrl}/identity/v3/regions/${encodeURIComponent(id)}` }
  return { id, description, parent_region_id: parentId, links }
}

export function endpointGroupView(group: EndpointGroup, { publicUrl }: Place): Schemas['IdentityEndpointGroup'] {
  const { id, name, description, filters } = group
  return {
    id,
    name,
    description,
    filters: {
      ...(filters.serviceId === undefined ? {} : { service_id: filters.serviceId }),
      ...(filters.regionId === undefined ? {} : { region_id: filters.regionId }),
      ...(filters.interface === undefined ? {} : { interface: filters.interface }),
      ...(filters.enabled === undefined ? {} : { enabled: filters.enabled }),
    },
    links: { self: `${publicUrl}/identity/v3/OS-EP-FILTER/endpoint_groups/${id}` },
  }
}
