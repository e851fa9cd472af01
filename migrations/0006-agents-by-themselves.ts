// compatible: what makes agents and hosts safe with many conductors: repeated hellos, descriptions that overtake each other.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('agents', (table) => {
    // Of the agent's last start: the same hello, repeated, is the same incarnation whoever hears it.
    table.string('start_id', 64).notNullable().defaultTo('')
  })
  await db.schema.alterTable('hosts', (table) => {
    // Raised by the agent: an older description that comes late changes nothing.
    table.bigInteger('generation').notNullable().defaultTo(0)
    // Of all that was described: what was said before costs no write.
    table.string('description_digest', 64).notNullable().defaultTo('')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('hosts', (table) => {
    table.dropColumns('generation', 'description_digest')
  })
  await db.schema.alterTable('agents', (table) => {
    table.dropColumn('start_id')
  })
}
