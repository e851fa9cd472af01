import type { components } from '../../contract/types.gen.ts'
import type { EndpointGroup } from '../../model/catalog.ts'

export function endpointFilter(filters: components['schemas']['IdentityEndpointFilters']): EndpointGroup['filters'] {
  return {
    ...(filters.service_id === undefined ? {} : { serviceId: filters.service_id }),
    ...(filters.region_id === undefined ? {} : { regionId: filters.region_id }),
    ...(filters.interface === undefined ? {} : { interface: filters.interface }),
    ...(filters.enabled === undefined ? {} : { enabled: filters.enabled }),
  }
}
