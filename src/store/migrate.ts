/**
 * Brings the schema up to date: all of it in one transaction, so that a process killed half way leaves the schema that
 * was. Only one process migrates at a time: on SQLite BEGIN IMMEDIATE sees to it (and the data directory's lock), on
 * PostgreSQL an advisory lock that ends with the transaction.
 */
import type { Knex } from 'knex'
import { migrationSource } from './migrations.ts'
import { checkSchema } from './schema-version.ts'

/** `polyvisr` in ASCII: no other program's lock. */
const advisoryLock = '8101813523596276594'

export async function migrate(db: Knex, source = migrationSource): Promise<void> {
  await db.transaction(async (trx) => {
    const isPostgres = (trx.client as { dialect: string }).dialect === 'postgresql'
    if (isPostgres) await trx.raw(`select pg_advisory_xact_lock(${advisoryLock})`)
    await checkSchema(trx, source)
    // knex's own lock is a row; one that a killed process of an earlier version left is nobody's: we hold the real one.
    await trx.migrate.forceFreeMigrationsLock({ migrationSource: source })
    await trx.migrate.latest({
      migrationSource: source,
      // A newer version's compatible migrations are no corruption.
      disableMigrationsListValidation: true,
    })
    if (isPostgres) await orderByBytes(trx)
  })
}

/**
 * Whatever locale the database was made with, its text is ordered by bytes, as SQLite's is: pages of a list come in the
 * same order on both, and an index serves them. New columns are found by their kind, so no migration has to think of it.
 */
async function orderByBytes(trx: Knex): Promise<void> {
  const { rows } = (await trx.raw(`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    where a.attnum > 0 and not a.attisdropped and a.attcollation <> 0 and a.attcollation <> '"C"'::regcollation
    order by 1, 2`)) as { rows: { table: string; column: string; type: string }[] }
  for (const { table, column, type } of rows) {
    await trx.raw(`alter table ?? alter column ?? type ${type} collate "C"`, [table, column])
  }
}
