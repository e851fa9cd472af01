// compatible: what admins note of a domain's own configuration.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('domain_config_options', (table) => {
    table.string('domain_id', 64).notNullable().references('domains.id').onDelete('CASCADE')
    table.string('group_name', 64).notNullable()
    table.string('option_name', 64).notNullable()
    // As JSON; encrypted where it is a secret, which is never shown again.
    table.text('value').notNullable()
    table.primary(['domain_id', 'group_name', 'option_name'])
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('domain_config_options')
}
