// compatible: what only a running operation needs to know, forgotten when it ends.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('operations', (table) => {
    // JSON: the password that a new guest shall have.
    table.text('secret')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('operations', (table) => {
    table.dropColumn('secret')
  })
}
