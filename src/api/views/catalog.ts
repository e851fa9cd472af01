/** The catalog, built from the public URL. A face stands here from the day it answers. */
import { createHash } from 'node:crypto'
import type { components } from '../../contract/types.gen.ts'
import type { Services } from '../services.ts'

type Catalog = components['schemas']['IdentityCatalog']

const faces = [
  { type: 'identity', name: 'keystone', path: '/identity' },
  { type: 'compute', name: 'nova', path: '/compute/v2.1' },
  { type: 'image', name: 'glance', path: '/image' },
] as const
const interfaces = ['public', 'internal', 'admin'] as const

export function catalogView({ publicUrl, region }: Pick<Services, 'publicUrl' | 'region'>): Catalog {
  return faces.map(({ type, name, path }) => ({
    id: stableId(`service ${type}`),
    type,
    name,
    endpoints: interfaces.map((which) => ({
      id: stableId(`endpoint ${type} ${which}`),
      interface: which,
      region,
      region_id: region,
      url: publicUrl + path,
    })),
  }))
}

/** The same in every process and after every start: clients may keep it. */
function stableId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
