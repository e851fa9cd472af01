/** What the catalog consists of: services, where each is to be reached, and in which region. */

export const endpointInterfaces = ['public', 'internal', 'admin'] as const
export type EndpointInterface = (typeof endpointInterfaces)[number]

export interface Region {
  readonly id: string
  readonly description: string
  readonly parentId: string | null
}

export interface CatalogService {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly description: string
  readonly enabled: boolean
}

export interface Endpoint {
  readonly id: string
  readonly serviceId: string
  readonly regionId: string | null
  readonly interface: EndpointInterface
  /** May hold `$(project_id)s` and `$(user_id)s`. */
  readonly url: string
  readonly name: string
  readonly description: string
  readonly enabled: boolean
}

export interface EndpointFilter {
  readonly serviceId?: string
  readonly regionId?: string
  readonly interface?: EndpointInterface
}

/** All endpoints that its filter finds: for projects to see. */
export interface EndpointGroup {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly filters: EndpointFilter & { readonly enabled?: boolean }
}
