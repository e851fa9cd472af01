// compatible: application credentials, and the access rules that narrow them.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('application_credentials', (table) => {
    table.string('id', 64).primary()
    table.string('user_id', 64).notNullable().references('users.id').onDelete('CASCADE')
    table.string('project_id', 64).notNullable().references('projects.id').onDelete('CASCADE')
    table.string('name', 255).notNullable()
    table.text('description')
    table.text('secret_hash').notNullable()
    // Microseconds: clients compare what they get with what they sent.
    table.bigInteger('expires_at_us')
    table.boolean('unrestricted').notNullable()
    // Whether its access rules count; without any it may then do nothing.
    table.boolean('has_access_rules').notNullable()
    table.bigInteger('created_at').notNullable()
    table.unique(['user_id', 'name'])
  })
  await db.schema.createTable('application_credential_roles', (table) => {
    credential(table)
    table.string('role_id', 64).notNullable().references('roles.id').onDelete('CASCADE').index()
    table.primary(['application_credential_id', 'role_id'])
  })
  await db.schema.createTable('access_rules', (table) => {
    table.string('id', 64).primary()
    table.string('user_id', 64).notNullable().references('users.id').onDelete('CASCADE')
    table.string('service', 64).notNullable()
    table.string('method', 16).notNullable()
    table.string('path', 255).notNullable()
    table.unique(['user_id', 'service', 'method', 'path'])
  })
  await db.schema.createTable('application_credential_access_rules', (table) => {
    credential(table)
    table.string('access_rule_id', 64).notNullable().references('access_rules.id').onDelete('CASCADE').index()
    table.primary(['application_credential_id', 'access_rule_id'])
  })
  // In plain SQL: knex would copy SQLite's whole table for a foreign key.
  await db.raw(
    `alter table tokens add column application_credential_id varchar(64)
     references application_credentials (id) on delete cascade`,
  )
  await db.raw('create index tokens_application_credential_id on tokens (application_credential_id)')
}

function credential(table: Knex.CreateTableBuilder): void {
  const column = table.string('application_credential_id', 64).notNullable()
  column.references('application_credentials.id').onDelete('CASCADE')
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop index tokens_application_credential_id')
  await db.schema.alterTable('tokens', (table) => {
    table.dropColumn('application_credential_id')
  })
  for (const table of [
    'application_credential_access_rules',
    'access_rules',
    'application_credential_roles',
    'application_credentials',
  ]) {
    await db.schema.dropTableIfExists(table)
  }
}
