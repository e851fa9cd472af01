// compatible: OAuth 1.0a: consumers, and the tokens by which users lend them roles.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('oauth1_consumers', (table) => {
    table.string('id', 64).primary()
    table.text('description')
    // Encrypted, here and below: signatures are checked with the secrets themselves.
    table.text('sealed_secret').notNullable()
    table.bigInteger('created_at').notNullable()
  })
  await db.schema.createTable('oauth1_tokens', (table) => {
    table.string('id', 64).primary()
    // request, and access once it was authorised and exchanged.
    table.string('kind', 8).notNullable()
    table.string('consumer_id', 64).notNullable().references('oauth1_consumers.id').onDelete('CASCADE').index()
    table.string('project_id', 64).notNullable().references('projects.id').onDelete('CASCADE')
    // Who authorised it; null until somebody did.
    table.string('user_id', 64).references('users.id').onDelete('CASCADE').index()
    table.text('sealed_secret').notNullable()
    table.string('verifier_hash', 64)
    table.bigInteger('expires_at').notNullable()
    table.bigInteger('created_at').notNullable()
  })
  await db.schema.createTable('oauth1_token_roles', (table) => {
    table.string('token_id', 64).notNullable().references('oauth1_tokens.id').onDelete('CASCADE')
    table.string('role_id', 64).notNullable().references('roles.id').onDelete('CASCADE').index()
    table.primary(['token_id', 'role_id'])
  })
  // A signed request is good once.
  await db.schema.createTable('oauth1_nonces', (table) => {
    table.string('consumer_id', 64).notNullable().references('oauth1_consumers.id').onDelete('CASCADE')
    table.string('nonce', 128).notNullable()
    table.bigInteger('timestamp_s').notNullable().index()
    table.primary(['consumer_id', 'nonce', 'timestamp_s'])
  })
  // In plain SQL: knex would copy SQLite's whole table for a foreign key.
  await db.raw(
    'alter table tokens add column oauth1_token_id varchar(64) references oauth1_tokens (id) on delete cascade',
  )
  await db.raw('create index tokens_oauth1_token_id on tokens (oauth1_token_id)')
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop index tokens_oauth1_token_id')
  await db.schema.alterTable('tokens', (table) => {
    table.dropColumn('oauth1_token_id')
  })
  for (const table of ['oauth1_nonces', 'oauth1_token_roles', 'oauth1_tokens', 'oauth1_consumers'])
    await db.schema.dropTable(table)
}
