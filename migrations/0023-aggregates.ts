// compatible: host aggregates. What of them the scheduler reads stands in the hosts' rows too, written with them.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('aggregates', (table) => {
    table.increments('id')
    table.string('uuid', 36).notNullable()
    table.string('name', 255).notNullable().unique()
    table.text('metadata').notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at')
  })
  await db.schema.createTable('aggregate_hosts', (table) => {
    table.integer('aggregate_id').notNullable().references('aggregates.id').onDelete('CASCADE')
    table.string('host_id', 36).notNullable().references('hosts.id').onDelete('CASCADE').index()
    table.primary(['aggregate_id', 'host_id'])
  })
  await db.schema.alterTable('hosts', (table) => {
    // null: the default zone.
    table.string('availability_zone', 255)
    table.text('aggregates').notNullable().defaultTo('[]')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('hosts', (table) => {
    table.dropColumn('availability_zone')
    table.dropColumn('aggregates')
  })
  await db.schema.dropTable('aggregate_hosts')
  await db.schema.dropTable('aggregates')
}
