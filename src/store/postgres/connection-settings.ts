/** The address of a PostgreSQL as its client wants it. Certificates are always verified: TLS that is not is no protection. */
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import pg, { type ClientConfig } from 'pg'
import { badRequest } from '../../model/errors.ts'
import type { PostgresConfig, PostgresTls } from './postgres-config.ts'

const connectTimeoutMs = 10_000
/** No statement of ours takes nearly as long; one that does has lost its server. */
const statementTimeoutMs = 120_000
const keepAliveAfterMs = 10_000
const urlParameters = ['sslmode', 'host', 'application_name']

export interface ConnectionSettings extends ClientConfig {
  readonly database: string
  /** Host and port, or the socket, for messages. */
  readonly shownAs: string
}

/** @throws PolyvisorError that names what is wrong with the address, never the address, which may hold a password */
export async function connectionSettings(config: PostgresConfig): Promise<ConnectionSettings> {
  const url = parse(config.url)
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname.replace(/^\[|\]$/g, ''))
  const database = decodeURIComponent(url.pathname.slice(1))
  const user = decodeURIComponent(url.username)
  if (host === '') throw wrongUrl('names no host')
  if (database === '') throw wrongUrl('names no database: postgres://user@host:5432/polyvisor')
  if (user === '') throw wrongUrl('names no user: postgres://user@host:5432/polyvisor')
  const port = url.port === '' ? 5432 : Number(url.port)
  return {
    host,
    port,
    database,
    user,
    password: passwordOf(config, decodeURIComponent(url.password)),
    ssl: await tlsOptions(url.searchParams.get('sslmode'), host, config.tls ?? {}),
    application_name: url.searchParams.get('application_name') ?? 'polyvisor',
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: statementTimeoutMs,
    // Statements of a transaction that do not wait for each other's answers go out together.
    pipeline: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    types: { getTypeParser },
    shownAs: host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : `${host}:${port}`,
  }
}

function parse(text: string): URL {
  // A socket's folder stands percent-encoded in the host's place, which WHATWG's URL takes for these schemes only.
  if (!/^postgres(ql)?:\/\//.test(text)) throw wrongUrl('must begin with postgres://')
  if (!URL.canParse(text))
    throw wrongUrl('is no address; characters like # / ? @ in a password must be percent-encoded')
  const url = new URL(text)
  const unknown = [...url.searchParams.keys()].filter((name) => !urlParameters.includes(name))
  if (unknown.length > 0) throw wrongUrl(`has ${unknown.join(', ')}; known are ${urlParameters.join(', ')}`)
  return url
}

function passwordOf({ passwordFile }: PostgresConfig, inUrl: string): ClientConfig['password'] {
  if (passwordFile === undefined) return inUrl
  if (inUrl !== '') throw wrongUrl('holds a password although database.passwordFile names a file with one')
  return async () => (await readFile(passwordFile, 'utf8')).replace(/\r?\n$/, '')
}

/** @returns false for a connection without TLS */
async function tlsOptions(
  mode: string | null,
  host: string,
  { caFile, certFile, keyFile }: PostgresTls,
): Promise<ConnectionOptions | false> {
  const hasFiles = [caFile, certFile, keyFile].some((file) => file !== undefined)
  switch (mode ?? (hasFiles || !isThisMachine(host) ? 'verify-full' : 'disable')) {
    case 'disable':
      if (hasFiles) throw wrongUrl('says sslmode=disable although database.tls is set')
      return false
    case 'require':
    case 'verify-full':
    case 'verify-ca': {
      const [ca, cert, key] = await Promise.all([caFile, certFile, keyFile].map(readIfNamed))
      return {
        ...(ca === undefined ? {} : { ca }),
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
        ...(isIP(host) === 0 ? { servername: host } : {}),
        // The one thing that verify-ca leaves out; `require` alone would let anybody in between, so it is verify-full here.
        ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
      }
    }
    default:
      throw wrongUrl(
        `has sslmode=${mode}; use verify-full, verify-ca, or disable on a network that nobody else listens to`,
      )
  }
}

async function readIfNamed(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw badRequest('database-tls-file', `A file of database.tls cannot be read: ${(cause as Error).message}`)
  }
}

function isThisMachine(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** bigint and numeric as numbers: what we keep in them (milliseconds, bytes, sums) is far below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC) return Number
  return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown
}

function wrongUrl(problem: string): Error {
  return badRequest('database-url', `database.url ${problem}`)
}
