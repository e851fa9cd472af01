/** The settings of the database: rows of the one table in settings.ts, and the values that they become. */
import type { Json, JsonObject } from '../util/json.ts'
import type { Setting } from './settings.ts'

export interface DatabaseConfig {
  readonly engine: 'sqlite' | 'postgres'
  /** Absent on SQLite, whose file lies in the data directory. May hold a password. */
  readonly url: string | undefined
  readonly passwordFile: string | undefined
  readonly tls: {
    readonly caFile: string | undefined
    readonly certFile: string | undefined
    readonly keyFile: string | undefined
  }
  readonly poolSize: number
  readonly durability: 'full' | 'normal'
}

const file: JsonObject = { type: ['string', 'null'], minLength: 1 }
const tlsFiles = {
  caFile: 'certificates of the authorities that PostgreSQL’s own is checked against; the system’s when absent',
  certFile: 'the certificate that this service shows to PostgreSQL',
  keyFile: 'the key of that certificate',
} as const

export const databaseSettings: readonly Setting[] = [
  {
    key: 'database.engine',
    schema: { enum: ['sqlite', 'postgres'] },
    expected: 'sqlite or postgres',
    help: 'which database keeps the records: sqlite, in the data directory, or postgres, for several processes',
    standard: () => 'sqlite',
  },
  {
    key: 'database.url',
    schema: { type: ['string', 'null'], pattern: '^postgres(ql)?://' },
    expected: 'postgres://USER@HOST:PORT/DATABASE, with ?sslmode=verify-full, verify-ca or disable',
    help: 'address of PostgreSQL; beyond this machine it is reached by TLS unless it says ?sslmode=disable',
    standard: () => null,
    secret: true,
  },
  {
    key: 'database.passwordFile',
    schema: file,
    expected: 'a file',
    help: 'file with the password for PostgreSQL, read at each connection (a Docker or systemd secret)',
    standard: () => null,
  },
  ...Object.entries(tlsFiles).map(([name, what]) => ({
    key: `database.tls.${name}`,
    schema: file,
    expected: 'a PEM file',
    help: `${what} (PEM)`,
    standard: () => null,
  })),
  {
    key: 'database.poolSize',
    schema: { type: 'integer', minimum: 1, maximum: 1000 },
    expected: 'a whole number from 1 to 1000',
    help: 'most connections of this process to PostgreSQL; SQLite has one',
    standard: () => 10,
  },
  {
    key: 'database.durability',
    schema: { enum: ['full', 'normal', null] },
    expected: 'full or normal',
    help:
      'full: an acknowledged write survives power loss (the default on postgres); ' +
      'normal: it survives a crash of the process (the default on sqlite), not of the database’s machine',
    standard: () => null,
  },
]

export function buildDatabaseConfig(value: <T extends Json>(key: string) => T): DatabaseConfig {
  const text = (key: string): string | undefined => value<string | null>(key) ?? undefined
  const engine = value<'sqlite' | 'postgres'>('database.engine')
  return {
    engine,
    url: text('database.url'),
    passwordFile: text('database.passwordFile'),
    tls: {
      caFile: text('database.tls.caFile'),
      certFile: text('database.tls.certFile'),
      keyFile: text('database.tls.keyFile'),
    },
    poolSize: value('database.poolSize'),
    durability: value<'full' | 'normal' | null>('database.durability') ?? (engine === 'postgres' ? 'full' : 'normal'),
  }
}
