/** The settings of image imports: rows of the one table in settings.ts, and the values that they become. */
import { isIP } from 'node:net'
import { importMethods, type ImportMethod } from '../model/image-task.ts'
import type { Json } from '../util/json.ts'
import { ConfigError } from './config-error.ts'
import type { Setting } from './settings.ts'

export interface ImageImportConfig {
  readonly methods: readonly ImportMethod[]
  /** Reached by web-download besides public addresses. */
  readonly networks: readonly string[]
  readonly ports: readonly number[]
  readonly maxSeconds: number
}

export const imageImportSettings: readonly Setting[] = [
  {
    key: 'imageImport.methods',
    schema: { type: 'array', uniqueItems: true, items: { enum: [...importMethods] } },
    expected: `a list of ${importMethods.join(' and ')}`,
    help: 'ways in which images may be imported; without web-download the service fetches nothing for tenants',
    standard: () => [...importMethods],
  },
  {
    key: 'imageImport.networks',
    schema: { type: 'array', items: { type: 'string' } },
    expected: 'a list of networks such as 10.1.0.0/16',
    help: 'networks that web-download may reach besides public addresses: a mirror of yours; tenants reach all of each',
    standard: () => [],
  },
  {
    key: 'imageImport.ports',
    schema: { type: 'array', minItems: 1, items: { type: ['integer', 'string'], pattern: '^[0-9]{1,5}$', minimum: 1 } },
    expected: 'a list of port numbers',
    help: 'ports that web-download may reach',
    standard: () => [80, 443],
  },
  {
    key: 'imageImport.maxSeconds',
    schema: { type: 'integer', minimum: 1, maximum: 604_800 },
    expected: 'a whole number from 1 to 604800',
    help: 'how long one web-download may take',
    standard: () => 4 * 3600,
  },
]

export function buildImageImportConfig(value: <T extends Json>(key: string) => T): ImageImportConfig {
  return {
    methods: value<ImportMethod[]>('imageImport.methods'),
    networks: value<string[]>('imageImport.networks'),
    ports: value<(number | string)[]>('imageImport.ports').map(Number),
    maxSeconds: value('imageImport.maxSeconds'),
  }
}

/** @throws ConfigError */
export function checkImageImport({ networks, ports }: ImageImportConfig, originOf: (key: string) => string): void {
  const wrong = networks.find((network) => !isNetwork(network))
  if (wrong !== undefined) {
    const key = 'imageImport.networks'
    throw new ConfigError(key, originOf(key), `must be a list of networks such as 10.1.0.0/16, but has ${wrong}`)
  }
  if (ports.some((port) => port > 65_535)) {
    const key = 'imageImport.ports'
    throw new ConfigError(key, originOf(key), 'must be a list of port numbers from 1 to 65535')
  }
}

function isNetwork(text: string): boolean {
  const [, address = '', prefix = '0'] = /^([^/]+)(?:\/([0-9]{1,3}))?$/.exec(text) ?? []
  const family = isIP(address)
  return family !== 0 && Number(prefix) <= (family === 4 ? 32 : 128)
}
