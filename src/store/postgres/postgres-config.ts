/** How to reach a PostgreSQL, as the configuration says it. */
import type { QueryObserver } from '../sqlite-client.ts'

export interface PostgresTls {
  /** PEM files. Without `caFile` the system's certificate authorities are asked. */
  readonly caFile?: string | undefined
  readonly certFile?: string | undefined
  readonly keyFile?: string | undefined
}

export interface PostgresConfig {
  readonly engine: 'postgres'
  /** postgres://user:password@host:port/database?sslmode=verify-full; may hold a secret. */
  readonly url: string
  /** Read at each new connection, so that a password can be changed under a running service. */
  readonly passwordFile?: string | undefined
  readonly tls?: PostgresTls | undefined
  readonly poolSize?: number | undefined
  /** full: an acknowledged write survives power loss; normal: it survives a crash of this process, not of the database's machine. */
  readonly durability?: 'full' | 'normal' | undefined
  readonly observer?: QueryObserver | undefined
  /** How long a database that does not answer at the start is waited for. */
  readonly patienceMs?: number | undefined
}
