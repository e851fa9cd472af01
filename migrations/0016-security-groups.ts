// compatible: security groups and their rules; which of them an instance has stands in its attributes.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('security_groups', (table) => {
    table.string('id', 36).primary()
    table.string('project_id', 64).notNullable()
    table.string('name', 255).notNullable()
    table.string('description', 255).notNullable()
    table.unique(['project_id', 'name'])
  })
  await db.schema.createTable('security_group_rules', (table) => {
    table.string('id', 36).primary()
    table.string('group_id', 36).notNullable().references('security_groups.id').onDelete('CASCADE').index()
    // tcp, udp or icmp; null is all of them, between members of groups.
    table.string('protocol', 8)
    table.integer('from_port')
    table.integer('to_port')
    // One of the two.
    table.string('cidr', 64)
    table.string('source_group_id', 36).references('security_groups.id').onDelete('CASCADE')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('security_group_rules')
  await db.schema.dropTable('security_groups')
}
