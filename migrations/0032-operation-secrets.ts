// compatible: what only a running operation needs to know, forgotten when it ends; and config drives that were never made.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('operations', (table) => {
    // JSON: the password that a new guest shall have.
    table.text('secret')
  })
  // They were asked for before anything made them.
  await db('instances').update({ config_drive: false })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('operations', (table) => {
    table.dropColumn('secret')
  })
}
