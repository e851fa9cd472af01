// compatible: what an instance wished of its place, for as long as it lives. Older ones wish nothing.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.text('hints').notNullable().defaultTo('{}')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.dropColumn('hints')
  })
}
