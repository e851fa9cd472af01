/** The settings of the bus: rows of the one table in settings.ts, and the values that they become. */
import type { Json, JsonObject } from '../util/json.ts'
import { ConfigError } from './config-error.ts'
import type { Setting } from './settings.ts'

export interface BusConfig {
  /** Undefined: in memory, within this process. May hold a password. */
  readonly url: string | undefined
  readonly passwordFile: string | undefined
  /** Where accounts for agents are made. */
  readonly managementUrl: string | undefined
  /** The address that agents are told, without credentials. */
  readonly agentUrl: string | undefined
  readonly tls: {
    readonly caFile: string | undefined
    readonly certFile: string | undefined
    readonly keyFile: string | undefined
  }
  readonly prefetch: number
}

const file: JsonObject = { type: ['string', 'null'], minLength: 1 }
const tlsFiles = {
  caFile: 'certificates of the authorities that RabbitMQ’s own is checked against; the system’s when absent',
  certFile: 'the certificate that this service shows to RabbitMQ',
  keyFile: 'the key of that certificate',
} as const

export const busSettings: readonly Setting[] = [
  {
    key: 'bus.url',
    schema: { type: ['string', 'null'], pattern: '^amqps?://[^/?#\\s]+(/[^/?#\\s]*)?$' },
    expected: 'amqp://USER@HOST:PORT/VHOST or amqps://…',
    help: 'address of RabbitMQ, for several processes; without it the bus lies within the one process',
    standard: () => null,
    secret: true,
  },
  {
    key: 'bus.passwordFile',
    schema: file,
    expected: 'a file',
    help: 'file with the password for RabbitMQ (a Docker or systemd secret)',
    standard: () => null,
  },
  {
    key: 'bus.managementUrl',
    schema: { type: ['string', 'null'], pattern: '^https?://[^/?#@\\s]+(/[^?#\\s]*)?$' },
    expected: 'an http:// or https:// address without credentials',
    help: 'address of RabbitMQ’s management plugin, where agents’ accounts are made; port 15672 (TLS: 15671) of bus.url’s host when absent',
    standard: () => null,
  },
  {
    key: 'bus.agentUrl',
    schema: { type: ['string', 'null'], pattern: '^amqps?://[^/?#@\\s]+(/[^/?#\\s]*)?$' },
    expected: 'amqp://HOST:PORT/VHOST or amqps://…, without credentials',
    help: 'address of RabbitMQ that agents are told; that of bus.url when absent',
    standard: () => null,
  },
  ...Object.entries(tlsFiles).map(([name, what]) => ({
    key: `bus.tls.${name}`,
    schema: file,
    expected: 'a PEM file',
    help: `${what} (PEM)`,
    standard: () => null,
  })),
  {
    key: 'bus.prefetch',
    schema: { type: 'integer', minimum: 1, maximum: 10_000 },
    expected: 'a whole number from 1 to 10000',
    help: 'most messages of one queue that this process works on at once',
    standard: () => 100,
  },
]

export function buildBusConfig(value: <T extends Json>(key: string) => T): BusConfig {
  const text = (key: string): string | undefined => value<string | null>(key) ?? undefined
  return {
    url: text('bus.url'),
    passwordFile: text('bus.passwordFile'),
    managementUrl: text('bus.managementUrl')?.replace(/\/+$/, ''),
    agentUrl: text('bus.agentUrl'),
    tls: { caFile: text('bus.tls.caFile'), certFile: text('bus.tls.certFile'), keyFile: text('bus.tls.keyFile') },
    prefetch: value('bus.prefetch'),
  }
}

/**
 * @param isOurs whether a host is this machine
 * @throws ConfigError
 */
export function checkBusConfig(
  { bus, allowPlaintext }: { readonly bus: BusConfig; readonly allowPlaintext: boolean },
  originOf: (key: string) => string,
  isOurs: (host: string) => boolean,
): void {
  const { certFile, keyFile } = bus.tls
  if ((certFile === undefined) !== (keyFile === undefined)) {
    const missing = certFile === undefined ? 'certFile' : 'keyFile'
    throw new ConfigError(`bus.tls.${missing}`, 'missing', 'bus.tls.certFile and keyFile belong together')
  }
  for (const key of ['url', 'managementUrl', 'agentUrl'] as const) {
    const url = bus[key]
    if (url === undefined) continue
    // The text is not repeated: it may hold a password.
    const parsed = URL.parse(url)
    if (parsed === null) throw new ConfigError(`bus.${key}`, originOf(`bus.${key}`), 'is no address')
    const isEncrypted = parsed.protocol === 'amqps:' || parsed.protocol === 'https:'
    if (isEncrypted || allowPlaintext || isOurs(parsed.hostname)) continue
    const secure = key === 'managementUrl' ? 'https' : 'amqps'
    throw new ConfigError(
      `bus.${key}`,
      originOf(`bus.${key}`),
      `would send passwords in clear beyond this machine; use an ${secure}:// address, or set allowPlaintext: true`,
    )
  }
}
