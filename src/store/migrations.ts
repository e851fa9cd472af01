/**
 * Hands the files of `migrations/` to knex. A name tells old processes what it means for them, because the name is all
 * they see of a migration that is newer than they are: `NNNN-name` is compatible, they work on beside it;
 * `NNNN-name.breaking` is not, they stop (see schema-version.ts).
 */
import { readdir } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { Knex } from 'knex'

const ownFolder = new URL('../../migrations/', import.meta.url)

interface MigrationModule {
  readonly up: (db: Knex) => Promise<void>
  readonly down: (db: Knex) => Promise<void>
}

/** @param folder another one than this tree's, for tests of migrating itself */
export function migrationSourceOf(folder?: string): Knex.MigrationSource<string> {
  const url = folder === undefined ? ownFolder : pathToFileURL(`${folder}/`)
  return {
    async getMigrations() {
      const files = await readdir(url)
      return files.filter((file) => /^\d{4}-[a-z0-9-]+(\.breaking)?\.(ts|js)$/.test(file)).sort()
    },
    // The name in the database has no extension: a built package runs the same migrations as .js.
    getMigrationName: (file) => file.replace(/\.(ts|js)$/, ''),
    async getMigration(file) {
      const module = (await import(new URL(file, url).href)) as MigrationModule
      return { up: module.up, down: module.down }
    },
  }
}

export const migrationSource = migrationSourceOf()

export function isBreaking(name: string): boolean {
  return name.endsWith('.breaking')
}

/** Names of the migrations that this version knows. */
export async function knownMigrations(source = migrationSource): Promise<ReadonlySet<string>> {
  return new Set((await source.getMigrations([])).map((file) => source.getMigrationName(file)))
}
