// compatible: a record of every move of a server to another host, or of a resize where it is.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('server_migrations', (table) => {
    table.increments('id')
    table.text('uuid').notNullable().unique()
    table.text('instance_id').notNullable().index()
    table.text('project_id').notNullable()
    table.text('user_id').notNullable()
    table.text('operation_id').notNullable()
    table.text('type').notNullable()
    table.text('status').notNullable()
    // Names stay true when a host is forgotten.
    table.text('source_host').notNullable()
    table.text('dest_host')
    table.text('old_flavor_id').notNullable()
    table.text('new_flavor_id').notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('server_migrations')
}
