// compatible: hosts that an admin says are down, whatever their agents say.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('hosts', (table) => {
    table.boolean('forced_down').notNullable().defaultTo(false)
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('hosts', (table) => table.dropColumn('forced_down'))
}
