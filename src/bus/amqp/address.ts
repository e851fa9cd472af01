/** Where the broker is and who we are there; and how to name that in a log, where the password has no place. */
import { readFileSync } from 'node:fs'
import { BusError } from '../bus-error.ts'

export interface AmqpAddress {
  readonly tls: boolean
  readonly host: string
  readonly port: number
  readonly vhost: string
  readonly username: string
  readonly password: string
}

export interface TlsFiles {
  /** Authorities that are believed instead of the system's. */
  readonly caFile?: string | undefined
  readonly certFile?: string | undefined
  readonly keyFile?: string | undefined
}

/** @param url amqp(s)://user:password@host:port/vhost; without a vhost it is `/`, without a user guest */
export function parseAmqpUrl(url: string): AmqpAddress {
  const { protocol, hostname, port, pathname, username, password: inUrl } = new URL(url)
  const tls = protocol === 'amqps:'
  return {
    tls,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (tls ? 5671 : 5672) : Number(port),
    vhost: pathname.length > 1 ? decodeURIComponent(pathname.slice(1)) : '/',
    username: username === '' ? 'guest' : decodeURIComponent(username),
    password: username === '' ? 'guest' : decodeURIComponent(inUrl),
  }
}

export function describeAddress({ host, port, vhost, username, tls }: AmqpAddress): string {
  return `RabbitMQ at ${host}:${port}${tls ? ' (TLS)' : ''}, vhost "${vhost}", user "${username}"`
}

export interface TlsOptions {
  readonly ca?: Buffer
  readonly cert?: Buffer
  readonly key?: Buffer
}

/** @throws BusError */
export function readTlsFiles(files: TlsFiles): TlsOptions {
  const read = (name: string, path: string | undefined): Record<string, Buffer> => {
    if (path === undefined) return {}
    try {
      return { [name]: readFileSync(path) }
    } catch (cause) {
      throw new BusError(`the bus's TLS file ${path} cannot be read: ${(cause as Error).message}`, { cause })
    }
  }
  return { ...read('ca', files.caFile), ...read('cert', files.certFile), ...read('key', files.keyFile) }
}
