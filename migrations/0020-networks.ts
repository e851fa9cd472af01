// compatible: networks, and the addresses on them that instances have; what an instance shows of its own stands in its row.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('networks', (table) => {
    table.string('id', 36).primary()
    table.string('subnet_id', 36).notNullable()
    table.string('name', 255).notNullable().unique()
    table.string('cidr', 43).notNullable()
  })
  await db.schema.createTable('fixed_addresses', (table) => {
    table.string('port_id', 36).primary()
    table.string('network_id', 36).notNullable().references('networks.id')
    table.string('instance_id', 36).notNullable()
    // Which of the instance's NICs it is of, from 0 on.
    table.integer('position').notNullable()
    table.string('address', 39).notNullable()
    table.string('mac_address', 17).notNullable().unique()
    table.unique(['network_id', 'address'])
    table.unique(['instance_id', 'position'])
  })
  await db.schema.alterTable('instances', (table) => {
    table.text('nics').notNullable().defaultTo('[]')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => table.dropColumn('nics'))
  await db.schema.dropTable('fixed_addresses')
  await db.schema.dropTable('networks')
}
