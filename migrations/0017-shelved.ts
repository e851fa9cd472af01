// compatible: of a shelved instance, the image that it comes back from.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.text('shelved')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.dropColumn('shelved')
  })
}
