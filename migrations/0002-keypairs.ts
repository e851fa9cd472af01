// compatible: key pairs. Public halves only: a private key is shown once and kept nowhere.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('keypairs', (table) => {
    table.increments('id')
    table.string('user_id', 64).notNullable().references('users.id').onDelete('CASCADE')
    table.string('name', 255).notNullable()
    table.string('type', 16).notNullable()
    table.string('fingerprint', 64).notNullable()
    // One line of OpenSSH's, or a certificate in PEM.
    table.text('public_key').notNullable()
    table.bigInteger('created_at').notNullable()
    table.unique(['user_id', 'name'])
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('keypairs')
}
