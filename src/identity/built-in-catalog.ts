/**
 * The services of this cloud itself. They follow from the configuration, so they stand in no table: a public address
 * that is changed is right everywhere at once. A face stands here from the day it answers.
 */
import { createHash } from 'node:crypto'
import { endpointInterfaces, type CatalogService, type Endpoint, type Region } from '../model/catalog.ts'

export interface BuiltInCatalog {
  readonly region: Region
  readonly services: readonly CatalogService[]
  readonly endpoints: readonly Endpoint[]
}

const faces = [
  { type: 'identity', name: 'keystone', path: '/identity' },
  { type: 'compute', name: 'nova', path: '/compute/v2.1' },
  { type: 'image', name: 'glance', path: '/image' },
] as const

export function builtInCatalog({ publicUrl, region }: { publicUrl: string; region: string }): BuiltInCatalog {
  return {
    region: { id: region, description: '', parentId: null },
    services: faces.map(({ type, name }) => ({
      id: stableId(`service ${type}`),
      type,
      name,
      description: '',
      enabled: true,
    })),
    endpoints: faces.flatMap(({ type, path }) =>
      endpointInterfaces.map((which) => ({
        id: stableId(`endpoint ${type} ${which}`),
        serviceId: stableId(`service ${type}`),
        regionId: region,
        interface: which,
        url: publicUrl + path,
        name: '',
        description: '',
        enabled: true,
      })),
    ),
  }
}

/** The same in every process and after every start: clients may keep it. */
function stableId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
