// compatible: server groups; an instance is in one at most, and no longer once the group is deleted.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('server_groups', (table) => {
    table.string('id', 36).primary()
    table.string('project_id', 64).notNullable().index()
    table.string('user_id', 64).notNullable()
    table.string('name', 255).notNullable()
    table.string('policy', 32).notNullable()
    // How many of an anti-affinity group may share a host.
    table.integer('max_server_per_host')
    table.bigInteger('created_at').notNullable()
  })
  // knex would make the whole table anew on SQLite.
  await db.raw(
    'alter table instances add column server_group_id varchar(36) references server_groups(id) on delete set null',
  )
  await db.schema.alterTable('instances', (table) => {
    table.index('server_group_id')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.dropIndex('server_group_id')
  })
  await db.raw('alter table instances drop column server_group_id')
  await db.schema.dropTable('server_groups')
}
