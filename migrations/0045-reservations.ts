// compatible: which request an instance was made by, and as the how manieth. Of older ones nobody knows.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.text('reservation_id').index()
    table.integer('launch_index').notNullable().defaultTo(0)
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.dropIndex('reservation_id')
    table.dropColumn('reservation_id')
    table.dropColumn('launch_index')
  })
}
