/** SQLite in a file of the data directory: one process, whose lock on that directory says that nobody else is at work. */
import { createRequire } from 'node:module'
import type { Knex } from 'knex'
import { migrate } from './migrate.ts'
import { NodeSqliteClient, type QueryObserver, type SqliteDurability } from './sqlite-client.ts'

const knexFactory = createRequire(import.meta.url)('knex') as typeof import('knex').default

export interface SqliteConfig {
  readonly engine: 'sqlite'
  /** A path, or `:memory:`. */
  readonly filename: string
  /** full: an acknowledged write survives power loss; normal: it survives a crash of the process. */
  readonly durability?: SqliteDurability
  readonly observer?: QueryObserver | undefined
}

export async function openSqlite(config: SqliteConfig): Promise<Knex> {
  const db = knexFactory({
    // knex's types know its own clients only.
    client: NodeSqliteClient as unknown as typeof Knex.Client,
    connection: {
      filename: config.filename,
      durability: config.durability ?? 'normal',
      observer: config.observer,
    } as never,
    pool: { min: 1, max: 1 },
    useNullAsDefault: true,
    asyncStackTraces: false,
    // Errors show no bound values: passwords are among them.
    compileSqlOnError: false,
  })
  try {
    await migrate(db)
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}
