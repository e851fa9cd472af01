// compatible: tokens with which a console of an instance can be opened, for a while and a few times.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('console_tokens', (table) => {
    table.string('token_hash', 64).primary()
    table.string('instance_id', 36).notNullable().references('instances.id').onDelete('CASCADE').index()
    // vnc or serial.
    table.string('kind', 16).notNullable()
    table.integer('uses_left').notNullable()
    table.bigInteger('expires_at').notNullable()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('console_tokens')
}
