// compatible: trusts, by which one user lets another work with some of its roles.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('trusts', (table) => {
    table.string('id', 64).primary()
    for (const column of ['trustor_id', 'trustee_id', 'grantor_id'])
      table.string(column, 64).notNullable().references('users.id').onDelete('CASCADE').index()
    table.string('project_id', 64).notNullable().references('projects.id').onDelete('CASCADE').index()
    table.boolean('impersonation').notNullable()
    // Microseconds: clients compare what they get with what they sent.
    table.bigInteger('expires_at_us')
    table.integer('remaining_uses')
    table.integer('redelegation_count').notNullable()
    table.string('redelegated_trust_id', 64).references('trusts.id').onDelete('CASCADE').index()
    table.bigInteger('created_at').notNullable()
  })
  await db.schema.createTable('trust_roles', (table) => {
    table.string('trust_id', 64).notNullable().references('trusts.id').onDelete('CASCADE')
    table.string('role_id', 64).notNullable().references('roles.id').onDelete('CASCADE').index()
    table.primary(['trust_id', 'role_id'])
  })
  // In plain SQL: knex would copy SQLite's whole table for a foreign key.
  await db.raw('alter table tokens add column trust_id varchar(64) references trusts (id) on delete cascade')
  await db.raw('create index tokens_trust_id on tokens (trust_id)')
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop index tokens_trust_id')
  await db.schema.alterTable('tokens', (table) => {
    table.dropColumn('trust_id')
  })
  await db.schema.dropTable('trust_roles')
  await db.schema.dropTable('trusts')
}
