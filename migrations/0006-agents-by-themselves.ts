// compatible: agents and hosts that join by themselves, and many conductors that hear of them.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('agents', (table) => {
    // Of the agent's last start: the same hello, repeated, is the same incarnation whoever hears it.
    table.string('start_id', 64).notNullable().defaultTo('')
    // sha256 of the token that it was given when it enrolled; null for the agent within the service's own process.
    table.string('token_hash', 64).unique()
  })
  // Addresses under which an agent may fetch an image's bytes once; sha256 of the key.
  await db.schema.createTable('image_addresses', (table) => {
    table.string('key_hash', 64).primary()
    table.string('image_id', 36).notNullable()
    table.string('agent_id', 36).notNullable()
    table.bigInteger('expires_at').notNullable().index()
  })
  await db.schema.alterTable('hosts', (table) => {
    // Raised by the agent: an older description that comes late changes nothing.
    table.bigInteger('generation').notNullable().defaultTo(0)
    // Of all that was described: what was said before costs no write.
    table.string('description_digest', 64).notNullable().defaultTo('')
    // pending, running, passed or failed. Hosts that took work before there were smoke tests have passed.
    table.string('smoke_test', 16).notNullable().defaultTo('passed')
    table.text('smoke_test_message').notNullable().defaultTo('')
    table.bigInteger('smoke_tested_at')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('hosts', (table) => {
    table.dropColumns('generation', 'description_digest', 'smoke_test', 'smoke_test_message', 'smoke_tested_at')
  })
  await db.schema.dropTableIfExists('image_addresses')
  await db.schema.alterTable('agents', (table) => {
    table.dropUnique(['token_hash'])
  })
  await db.schema.alterTable('agents', (table) => {
    table.dropColumns('start_id', 'token_hash')
  })
}
