/** PostgreSQL: any number of processes on one database. Waits for a server that is not up yet, and says so. */
import { setTimeout as delay } from 'node:timers/promises'
import { createRequire } from 'node:module'
import type { Knex } from 'knex'
import { badRequest, PolyvisorError } from '../../model/errors.ts'
import { silentLogger, type Logger } from '../../util/logger.ts'
import { codeOf, isDatabaseUnavailable } from '../database-errors.ts'
import { migrate } from '../migrate.ts'
import { connectionSettings, type ConnectionSettings } from './connection-settings.ts'
import { PostgresClient, type PostgresClientSettings } from './postgres-client.ts'
import type { PostgresConfig } from './postgres-config.ts'

const knexFactory = createRequire(import.meta.url)('knex') as typeof import('knex').default

const defaultPoolSize = 10
const defaultPatienceMs = 60_000
const longestWaitMs = 3_000

export async function openPostgres(config: PostgresConfig, log: Logger = silentLogger): Promise<Knex> {
  const connection = await connectionSettings(config)
  const settings = { connection, isDurable: config.durability !== 'normal', observer: config.observer }
  // Migrating may take as long as the tables are large.
  const single = makePool({ ...settings, connection: { ...connection, query_timeout: 0 } }, 1, log)
  try {
    await untilReachable(single, connection, config.patienceMs ?? defaultPatienceMs, log)
    await checkEncoding(single)
    await migrate(single)
  } finally {
    await single.destroy()
  }
  return makePool(settings, config.poolSize ?? defaultPoolSize, log)
}

function makePool(settings: PostgresClientSettings, size: number, log: Logger): Knex {
  // knex would print them as text of its own among our lines.
  const note = (message: unknown): void => log.debug({ message: String(message) }, 'knex')
  return knexFactory({
    client: PostgresClient as unknown as typeof Knex.Client,
    connection: settings as never,
    pool: { min: 0, max: size },
    asyncStackTraces: false,
    // Errors show no bound values: passwords are among them.
    compileSqlOnError: false,
    log: { warn: note, error: note, deprecate: note, debug: note },
  })
}

/** @throws PolyvisorError when it cannot be had: at once when waiting would not help */
async function untilReachable(db: Knex, to: ConnectionSettings, patienceMs: number, log: Logger): Promise<void> {
  const beganMs = performance.now()
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      await db.raw('select 1')
      return
    } catch (error) {
      const cause = isDatabaseUnavailable(error) ? (error as Error).cause : error
      const refusal = refusalOf(cause, to)
      if (refusal !== undefined) throw refusal
      const { message } = cause as Error
      if (performance.now() - beganMs > patienceMs) {
        const text =
          `PostgreSQL at ${to.shownAs} did not answer within ${Math.round(patienceMs / 1000)} s (${message}). ` +
          'Start it, or set database.url.'
        throw new PolyvisorError('unavailable', 'database-unavailable', text, { cause })
      }
      log.warn({ address: to.shownAs, reason: message }, 'PostgreSQL does not answer yet; it is waited for')
      await delay(waitMs)
    }
  }
}

/** What waiting cannot mend. */
function refusalOf(error: unknown, { shownAs, user, database }: ConnectionSettings): PolyvisorError | undefined {
  const message = error instanceof Error ? error.message : String(error)
  const code = codeOf(error) ?? ''
  const refuse = (name: string, text: string): PolyvisorError =>
    new PolyvisorError('bad-request', name, `PostgreSQL at ${shownAs} ${text}`, { cause: error })
  if (code === '28P01' || /SASL|password/.test(message))
    return refuse('database-password', `refused the password of ${user}; see database.url or database.passwordFile.`)
  if (code === '28000') return refuse('database-access', `lets ${user} not in: ${message}.`)
  if (code === '3D000') {
    const advice = `createdb --owner=${user} --encoding=UTF8 --template=template0 ${database}`
    return refuse('database-missing', `has no database ${database}. Make it: ${advice}`)
  }
  if (/does not support SSL/.test(message))
    return refuse('database-tls', 'speaks no TLS. Set it up there, or say sslmode=disable in database.url.')
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
    return refuse('database-tls', `has a certificate that is not trusted (${message}); see database.tls.caFile.`)
  if (code === 'ENOENT' && 'path' in (error as object)) return badRequest('database-password', message)
  return undefined
}

async function checkEncoding(db: Knex): Promise<void> {
  const { rows } = (await db.raw('show server_encoding')) as { rows: { server_encoding: string }[] }
  const encoding = rows[0]?.server_encoding
  if (encoding === 'UTF8') return
  throw badRequest('database-encoding', `The database's encoding is ${encoding}; make it with --encoding=UTF8.`)
}
