// compatible: instances that somebody locked; a process that does not know the lock does not keep it.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    // owner or admin; null: it is not locked.
    table.string('locked_by', 16)
    table.text('locked_reason')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.dropColumns('locked_by', 'locked_reason')
  })
}
