/** Whether this process may work on the database's schema, which a newer version may have changed. */
import type { Knex } from 'knex'
import { PolyvisorError } from '../model/errors.ts'
import { isBreaking, knownMigrations, migrationSource } from './migrations.ts'

/** @throws PolyvisorError when the database went through a breaking migration that this version does not know */
export async function checkSchema(db: Knex, source = migrationSource): Promise<void> {
  const known = await knownMigrations(source)
  const breaking = (await appliedMigrations(db)).filter((name) => isBreaking(name) && !known.has(name))
  if (breaking.length === 0) return
  const message =
    `A newer Polyvisor changed the database in a way that this version cannot work with (${breaking.join(', ')}). ` +
    'Stop this process and start it again with that newer version; until then it must not touch the database.'
  throw new PolyvisorError('conflict', 'schema-too-new', message)
}

/** Names of the migrations that the database went through; empty for a new one. */
export async function appliedMigrations(db: Knex): Promise<readonly string[]> {
  if (!(await db.schema.hasTable('knex_migrations'))) return []
  const rows = (await db('knex_migrations').orderBy('id').select('name')) as { name: string }[]
  return rows.map(({ name }) => name)
}
