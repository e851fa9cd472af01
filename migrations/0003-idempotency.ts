// compatible: answers of requests that came with an Idempotency-Key.
// Neither the key nor a request's body is stored: their digests are, and answers without what is secret in them.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('idempotency_keys', (table) => {
    // sha256 of the user and the key.
    table.string('key_hash', 64).primary()
    // Of method, path, project and body, keyed with the key itself.
    table.string('fingerprint', 64).notNullable()
    // null while it is being worked on, and for ever when that was cut.
    table.integer('status')
    table.text('headers')
    table.text('body')
    table.bigInteger('created_at').notNullable().index()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('idempotency_keys')
}
