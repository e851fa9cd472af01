/** Hands the files of `migrations/` to knex. Their first comment says compatible or breaking. */
import { readdir } from 'node:fs/promises'
import type { Knex } from 'knex'

const folder = new URL('../../migrations/', import.meta.url)

interface MigrationModule {
  readonly up: (db: Knex) => Promise<void>
  readonly down: (db: Knex) => Promise<void>
}

export const migrationSource: Knex.MigrationSource<string> = {
  async getMigrations() {
    const files = await readdir(folder)
    return files.filter((file) => /^\d{4}-[a-z0-9-]+\.(ts|js)$/.test(file)).sort()
  },
  // The name in the database has no extension: a built package runs the same migrations as .js.
  getMigrationName: (file) => file.replace(/\.(ts|js)$/, ''),
  async getMigration(file) {
    const module = (await import(new URL(file, folder).href)) as MigrationModule
    return { up: module.up, down: module.down }
  },
}
